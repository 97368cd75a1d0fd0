package io.latchkey.pages.nodes;

import java.util.Map;
import java.util.Objects;

import io.latchkey.internode.InterNodeKeys;
import io.latchkey.inventory.Cluster;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.InterNodeState.Stand;
import io.latchkey.nodestate.InterNodeStates;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.passwords.PasswordState;
import io.latchkey.passwords.PasswordSwitches;

import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * The pages of clusters.
 */
@Controller
class ClusterController {

	private static final PageRequest SUGGESTIONS = PageRequest.of(0, 20);

	private static final PageRequest MOST_SHOWN = PageRequest.of(0, 500);

	private final Clusters clusters;

	private final Nodes nodes;

	private final ClusterReach reach;

	private final NodeRows nodeRows;

	private final InterNodeKeys interNodeKeys;

	private final InterNodeStates interNodeStates;

	private final PasswordSwitches passwords;

	ClusterController(Clusters clusters, Nodes nodes, ClusterReach reach, NodeRows nodeRows,
			InterNodeKeys interNodeKeys, InterNodeStates interNodeStates, PasswordSwitches passwords) {
		this.clusters = clusters;
		this.nodes = nodes;
		this.reach = reach;
		this.nodeRows = nodeRows;
		this.interNodeKeys = interNodeKeys;
		this.interNodeStates = interNodeStates;
		this.passwords = passwords;
	}

	@GetMapping("/clusters/{name}")
	String show(@PathVariable String name, Model model) {
		Cluster cluster = this.clusters.get(name);
		Form.in(model, Map.of("displayName", Objects.requireNonNullElse(cluster.displayName(), "")));
		model.addAttribute("cluster", cluster);
		model.addAttribute("reach", this.reach.of(cluster));
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

}