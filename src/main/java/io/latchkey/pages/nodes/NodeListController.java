package io.latchkey.pages.nodes;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.Reconciler;
import io.latchkey.pages.Choice;
import io.latchkey.pages.CsvFile;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.pages.Listing;
import io.latchkey.pages.Texts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.data.web.SortDefault;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The list of nodes, and the form that adds one.
 */
@Controller
class NodeListController {

	/** As many as a page shows at most. */
	private static final int MOST_CHOSEN = 500;

	static final List<Choice> PRIVILEGES = choices("page.node.privilege.", Privilege.values());

	static final List<Choice> MODES = choices("page.node.mode.", Mode.values());

	static final List<Choice> MANAGEMENT_KEYS = choices("page.node.management-key.", ManagementKeyKind.values());

	private static final List<Choice> STATES = Stream
		.concat(Stream.of(new Choice("", "page.filter.any")), choices("page.state.", NodeState.values()).stream())
		.toList();

	private final Nodes nodes;

	private final Clusters clusters;

	private final NodeRows rows;

	private final ManagementKeys ownKeys;

	private final Reconciler reconciler;

	private final Texts texts;

	private final TransactionTemplate transaction;

	NodeListController(Nodes nodes, Clusters clusters, NodeRows rows, ManagementKeys ownKeys, Reconciler reconciler,
			Texts texts, TransactionTemplate transaction) {
		this.nodes = nodes;
		this.clusters = clusters;
		this.rows = rows;
		this.ownKeys = ownKeys;
		this.reconciler = reconciler;
		this.texts = texts;
		this.transaction = transaction;
	}

	@ModelAttribute("privileges")
	List<Choice> privileges() {
		return PRIVILEGES;
	}

	@ModelAttribute("modes")
	List<Choice> modes() {
		return MODES;
	}

	@ModelAttribute("managementKeys")
	List<Choice> managementKeys() {
		return MANAGEMENT_KEYS;
	}

	@GetMapping("/nodes")
	String list(Input filter, @PageableDefault(50) @SortDefault("name") Pageable page, HttpServletRequest request,
			Model model) {
		model.addAttribute("listing",
				Listing.of(this.rows.list(filter.text("q"), filter.text("cluster"), state(filter), page), request));
		model.addAttribute("states", STATES);
		for (String field : List.of("q", "cluster", "state")) {
			model.addAttribute(field, filter.word(field));
		}
		model.addAttribute("filtered",
				Stream.of("q", "cluster", "state").anyMatch((field) -> filter.text(field) != null));
		return "nodes/list";
	}

	/**
	 * Looks at the chosen nodes; those that have gone or are not enrolled are passed
	 * over.
	 */
	@PostMapping("/nodes/check")
	String check(Input input, RedirectAttributes list) {
		List<NodeId> chosen = this.nodes.named(input.words("node").stream().limit(MOST_CHOSEN).toList())
			.stream()
			.filter(Node::enrolled)
			.map(Node::id)
			.toList();
		this.reconciler.checkNow(chosen);
		list.addFlashAttribute("done", this.texts.of("page.nodes.checking", chosen.size()));
		return "redirect:/nodes";
	}

	@GetMapping("/nodes.csv")
	void export(Input filter, @SortDefault("name") Pageable page, HttpServletResponse response) throws IOException {
		List<List<@Nullable Object>> rows = this.rows
			.list(filter.text("q"), filter.text("cluster"), state(filter), Pageable.unpaged(page.getSort()))
			.map(NodeListController::row)
			.getContent();
		CsvFile.send(response, "nodes.csv", List.of("name", "address", "port", "managementAccount", "privilege", "mode",
				"clusters", "labels", "state", "since", "lastCheckedAt", "sshVersion", "detail"), rows);
	}

	private static List<@Nullable Object> row(NodeRow row) {
		return Arrays.asList(row.node().name(), row.node().route().address(), row.node().route().port(),
				row.node().management().account(), row.node().management().privilege(), row.node().management().mode(),
				String.join(" ", row.node().clusters()), labels(row.node(), " "), row.status().state(),
				row.status().since(), row.status().checks().last(), row.status().sshVersion(),
				row.status().remarks().detail());
	}

	private static @Nullable NodeState state(Input filter) {
		return (filter.text("state") == null) ? null : filter.choice("state", NodeState.class);
	}

	@GetMapping("/add/node")
	String add(Model model) {
		Form.in(model, Map.of("port", "22", "managementAccount", "root", "privilege", Privilege.ROOT.name(), "mode",
				Mode.ADDITIVE.name(), "managementKey", ManagementKeyKind.USUAL.name()));
		return "nodes/add";
	}

	/** The node and its clusters together, or neither. */
	@PostMapping("/add/node")
	String add(Input input) {
		NodeDraft draft = draft(input.word("name"), input);
		this.ownKeys.requireFor(draft);
		this.transaction.executeWithoutResult((status) -> {
			this.nodes.create(draft);
			if (input.isTicked("makeClusters")) {
				make(input.words("clusters"));
			}
			input.words("clusters").forEach((cluster) -> this.clusters.addNode(cluster, draft.name()));
		});
		return "redirect:" + Links.node(draft.name()) + "/enrol";
	}

	private void make(List<String> clusters) {
		Set<String> there = this.clusters.names();
		clusters.stream()
			.filter((cluster) -> !there.contains(cluster))
			.forEach((cluster) -> this.clusters.create(cluster, null, List.of()));
	}

	static NodeDraft draft(String name, Input input) {
		return new NodeDraft(name, input.word("address"), input.number("port"), input.word("managementAccount"),
				input.choice("privilege", Privilege.class), input.choice("mode", Mode.class), labels(input),
				managementKey(input),
				new NodeDraft.Passage(input.isTicked("legacyAlgorithms"), input.text("jumpNode")));
	}

	private static @Nullable ManagementKeyKind managementKey(Input input) {
		return (input.text("managementKey") != null) ? input.choice("managementKey", ManagementKeyKind.class) : null;
	}

	private static Map<String, String> labels(Input input) {
		Map<String, String> labels = new LinkedHashMap<>();
		input.words("labels").forEach((label) -> {
			int equals = label.indexOf('=');
			if (equals < 1) {
				throw new InvalidInputException(Fault.of("labels", "label.malformed", label));
			}
			labels.put(label.substring(0, equals), label.substring(equals + 1));
		});
		return labels;
	}

	static String labels(Node node, String separator) {
		return String.join(separator,
				node.labels()
					.entrySet()
					.stream()
					.map((label) -> label.getKey() + "=" + label.getValue())
					.sorted()
					.toList());
	}

	private static List<Choice> choices(String prefix, Enum<?>[] values) {
		return Arrays.stream(values).map((value) -> new Choice(value.name(), prefix + value.name())).toList();
	}

}
