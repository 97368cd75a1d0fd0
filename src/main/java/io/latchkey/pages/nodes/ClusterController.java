package io.latchkey.pages.nodes;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.latchkey.delivery.OtherWays;
import io.latchkey.grants.Grants;
import io.latchkey.internode.InterNodeKeys;
import io.latchkey.inventory.Cluster;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.InterNodeState.Stand;
import io.latchkey.nodestate.InterNodeStates;
import io.latchkey.pages.Question;
import io.latchkey.pages.CsvFile;
import io.latchkey.pages.Form;
import io.latchkey.pages.GrantRow;
import io.latchkey.pages.GrantRows;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.pages.Listing;
import io.latchkey.pages.Losses;
import io.latchkey.pages.Texts;
import io.latchkey.pages.WaysView;
import io.latchkey.passwords.PasswordState;
import io.latchkey.passwords.PasswordSwitches;
import io.latchkey.removal.RemovalScope;
import io.latchkey.removal.Removals;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.data.web.SortDefault;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The pages of clusters.
 */
@Controller
class ClusterController {

	private static final String ROOM = "nodes";

	private static final PageRequest SUGGESTIONS = PageRequest.of(0, 20);

	private static final PageRequest MOST_SHOWN = PageRequest.of(0, 500);

	private final Clusters clusters;

	private final Nodes nodes;

	private final Grants grants;

	private final GrantRows rows;

	private final NodeRows nodeRows;

	private final InterNodeKeys interNodeKeys;

	private final InterNodeStates interNodeStates;

	private final OtherWays otherWays;

	private final Removals removals;

	private final PasswordSwitches passwords;

	private final Texts texts;

	ClusterController(Clusters clusters, Nodes nodes, Grants grants, GrantRows rows, NodeRows nodeRows,
			InterNodeKeys interNodeKeys, InterNodeStates interNodeStates, OtherWays otherWays, Removals removals,
			PasswordSwitches passwords, Texts texts) {
		this.clusters = clusters;
		this.nodes = nodes;
		this.grants = grants;
		this.rows = rows;
		this.nodeRows = nodeRows;
		this.interNodeKeys = interNodeKeys;
		this.interNodeStates = interNodeStates;
		this.otherWays = otherWays;
		this.removals = removals;
		this.passwords = passwords;
		this.texts = texts;
	}

	@GetMapping("/clusters")
	String list(@RequestParam(required = false) @Nullable String q,
			@PageableDefault(50) @SortDefault("name") Pageable page, HttpServletRequest request, Model model) {
		model.addAttribute("q", q);
		model.addAttribute("listing", Listing.of(this.clusters.list(q, page), request));
		return "nodes/clusters";
	}

	@GetMapping("/clusters.csv")
	void export(@RequestParam(required = false) @Nullable String q, @SortDefault("name") Pageable page,
			HttpServletResponse response) throws IOException {
		List<List<@Nullable Object>> rows = this.clusters.list(q, Pageable.unpaged(page.getSort()))
			.map(ClusterController::row)
			.getContent();
		CsvFile.send(response, "clusters.csv", List.of("name", "displayName", "nodes"), rows);
	}

	private static List<@Nullable Object> row(Cluster cluster) {
		return Arrays.asList(cluster.name(), cluster.displayName(), String.join(" ", cluster.nodes()));
	}

	@GetMapping("/add/cluster")
	String add(Model model) {
		Form.in(model, Map.of());
		return "nodes/add-cluster";
	}

	@PostMapping("/add/cluster")
	String add(Input input) {
		Cluster cluster = this.clusters.create(input.word("name"), input.text("displayName"), input.words("nodes"));
		return "redirect:" + Links.cluster(cluster.name());
	}

	@GetMapping("/clusters/{name}")
	String show(@PathVariable String name, Model model) {
		Cluster cluster = this.clusters.get(name);
		Form.in(model, Map.of("displayName", Objects.requireNonNullElse(cluster.displayName(), "")));
		model.addAttribute("cluster", cluster);
		model.addAttribute("reach", reach(cluster));
		model.addAttribute("interNode", this.interNodeKeys.of(cluster.id()));
		model.addAttribute("inPlace",
				this.interNodeStates.of(cluster.id())
					.stream()
					.filter((state) -> state.stand() == Stand.IN_PLACE)
					.count());
		model.addAttribute("passwordsOff", passwordsOff(cluster));
		model.addAttribute("rows", this.nodeRows.list(null, name, null, MOST_SHOWN));
		model.addAttribute("names", this.nodes.list(null, null, SUGGESTIONS).map((node) -> node.name()).getContent());
		return "nodes/cluster";
	}

	private long passwordsOff(Cluster cluster) {
		return this.passwords.of(this.nodes.named(cluster.nodes()).stream().map(Node::id).toList())
			.values()
			.stream()
			.filter((login) -> login.state() == PasswordState.OFF)
			.count();
	}

	@PostMapping("/clusters/{name}")
	String addNode(@PathVariable String name, Input input) {
		this.clusters.addNode(name, input.word("node"));
		return "redirect:" + Links.cluster(name);
	}

	@GetMapping("/clusters/{name}/nodes/{node}/remove")
	String askToRemove(@PathVariable String name, @PathVariable String node, Model model) {
		Form.in(model, Map.of());
		WaysView.show(this.otherWays.besideCluster(name, node), model);
		model.addAttribute("question", removal(this.clusters.get(name), node));
		return Question.VIEW;
	}

	@PostMapping("/clusters/{name}/nodes/{node}/remove")
	String remove(@PathVariable String name, @PathVariable String node, Input input) {
		removal(this.clusters.get(name), node).check(input);
		this.removals.carryOut(RemovalScope.cluster(name), input.text(Losses.FIELD),
				() -> this.clusters.removeNode(name, node));
		return "redirect:" + Links.cluster(name);
	}

	@GetMapping("/clusters/{name}/delete")
	String askToDelete(@PathVariable String name, Model model) {
		Form.in(model, Map.of());
		model.addAttribute("question", deletion(this.clusters.get(name)));
		return Question.VIEW;
	}

	@PostMapping("/clusters/{name}/delete")
	String delete(@PathVariable String name, Input input) {
		deletion(this.clusters.get(name)).check(input);
		this.removals.carryOut(RemovalScope.cluster(name), input.text(Losses.FIELD), () -> this.clusters.delete(name));
		return "redirect:/clusters";
	}

	private Question removal(Cluster cluster, String node) {
		return new Question(this.texts.of("page.cluster.remove.title", node, cluster.name()),
				List.of(this.texts.of("page.cluster.remove.consequence", node, nodes(cluster))),
				this.texts.of("page.remove"), null, Links.cluster(cluster.name()), ROOM);
	}

	private Question deletion(Cluster cluster) {
		int nodes = nodes(cluster);
		return new Question(this.texts.of("page.cluster.delete.title", cluster.name()),
				List.of(this.texts.of("page.cluster.delete.consequence", cluster.nodes().size(), nodes)),
				this.texts.of("page.delete"), Question.typedFor(cluster.name(), nodes), Links.cluster(cluster.name()),
				ROOM);
	}

	private int nodes(Cluster cluster) {
		return GrantRow.nodesOf(reach(cluster));
	}

	private List<GrantRow> reach(Cluster cluster) {
		return this.rows.ofReaches(this.grants.unendedOn(Set.of(), Set.of(cluster.id())));
	}

}
