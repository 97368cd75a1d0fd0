package io.latchkey.pages.nodes;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.latchkey.core.ShellWord;
import io.latchkey.grants.Grants;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Nodes;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.pages.Choice;
import io.latchkey.pages.Confirmation;
import io.latchkey.pages.Form;
import io.latchkey.pages.GrantRow;
import io.latchkey.pages.GrantRows;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.pages.Losses;
import io.latchkey.pages.Texts;
import io.latchkey.reconcile.AccountState;
import io.latchkey.reconcile.ExclusiveLooks;
import io.latchkey.reconcile.Leavings;
import io.latchkey.reconcile.NodeState;
import io.latchkey.reconcile.NodeStates;
import io.latchkey.reconcile.NodeStatus;
import io.latchkey.reconcile.Reconciler;
import io.latchkey.reconcile.RemovalScope;
import io.latchkey.reconcile.Removals;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * The page of a node: how it stands, what its files should hold and hold, and who can log
 * in.
 */
@Controller
class NodeController {

	private static final String ROOM = "nodes";

	private static final String CLEANUP = "cleanup";

	private static final PageRequest LATEST_RUNS = PageRequest.of(0, 20);

	private static final PageRequest LATEST_REMOVED = PageRequest.of(0, 5);

	private final Nodes nodes;

	private final Clusters clusters;

	private final NodeStates states;

	private final Reconciler reconciler;

	private final Grants grants;

	private final GrantRows rows;

	private final RemovedRows removed;

	private final Removals removals;

	private final ExclusiveLooks looks;

	private final Leavings leavings;

	private final ManagementKeys ownKeys;

	private final Texts texts;

	NodeController(Nodes nodes, Clusters clusters, NodeStates states, Reconciler reconciler, Grants grants,
			GrantRows rows, RemovedRows removed, Removals removals, ExclusiveLooks looks, Leavings leavings,
			ManagementKeys ownKeys, Texts texts) {
		this.nodes = nodes;
		this.clusters = clusters;
		this.states = states;
		this.reconciler = reconciler;
		this.grants = grants;
		this.rows = rows;
		this.removed = removed;
		this.removals = removals;
		this.looks = looks;
		this.leavings = leavings;
		this.ownKeys = ownKeys;
		this.texts = texts;
	}

	@ModelAttribute("privileges")
	List<Choice> privileges() {
		return NodeListController.PRIVILEGES;
	}

	@ModelAttribute("modes")
	List<Choice> modes() {
		return NodeListController.MODES;
	}

	@ModelAttribute("managementKeys")
	List<Choice> managementKeys() {
		return NodeListController.MANAGEMENT_KEYS;
	}

	@GetMapping("/nodes/{name}")
	String show(@PathVariable String name, Model model) {
		Node node = this.nodes.get(name);
		describe(node, model);
		model.addAttribute("removed", this.removed.list(node.id(), null, LATEST_REMOVED));
		return "nodes/node";
	}

	/** The part of the page that is asked for again while something is under way. */
	@GetMapping("/nodes/{name}/state")
	String state(@PathVariable String name, Model model) {
		describe(this.nodes.get(name), model);
		return "nodes/node :: live";
	}

	@PostMapping("/nodes/{name}/check")
	String check(@PathVariable String name) {
		this.reconciler.checkNow(this.nodes.idOf(name));
		return "redirect:" + Links.node(name) + "?checking";
	}

	@GetMapping("/nodes/{name}/edit")
	String edit(@PathVariable String name, Model model) {
		Node node = this.nodes.get(name);
		Form.in(model,
				Map.of("address", node.address(), "port", Integer.toString(node.port()), "managementAccount",
						node.managementAccount(), "privilege", node.privilege().name(), "mode", node.mode().name(),
						"legacyAlgorithms", Boolean.toString(node.legacyAlgorithms()), "labels",
						NodeListController.labels(node, "\n"), "version", Long.toString(node.version()), "jumpNode",
						Objects.requireNonNullElse(node.jumpNode(), ""), "managementKey", node.managementKey().name()));
		model.addAttribute("node", node);
		if (node.enrolled() && node.mode() != Mode.EXCLUSIVE) {
			model.addAttribute("looks", this.looks.of(Set.of(node.id())));
		}
		return "nodes/edit";
	}

	@PostMapping("/nodes/{name}/edit")
	String edit(@PathVariable String name, Input input) {
		this.nodes.get(name);
		NodeDraft draft = NodeListController.draft(name, input);
		this.ownKeys.requireFor(draft);
		this.removals.carryOut(RemovalScope.node(name), input.text(Losses.FIELD),
				() -> this.nodes.put(draft, (long) input.number("version")));
		return "redirect:" + Links.node(name);
	}

	@GetMapping("/nodes/{name}/delete")
	String askToDelete(@PathVariable String name, Model model) {
		Node node = this.nodes.get(name);
		Form.in(model, node.enrolled() ? Map.of(CLEANUP, "true") : Map.of());
		model.addAttribute("question", deletion(node));
		model.addAttribute(CLEANUP, node.enrolled());
		return Confirmation.VIEW;
	}

	@PostMapping("/nodes/{name}/delete")
	String delete(@PathVariable String name, Input input) {
		deletion(this.nodes.get(name)).check(input);
		if (input.isTicked(CLEANUP)) {
			this.leavings.leave(name);
			return "redirect:" + (this.nodes.find(name).isPresent() ? Links.node(name) : "/nodes");
		}
		this.nodes.delete(name);
		return "redirect:/nodes";
	}

	@PostMapping("/nodes/{name}/stay")
	String stay(@PathVariable String name) {
		this.leavings.stay(name);
		return "redirect:" + Links.node(name);
	}

	private void describe(Node node, Model model) {
		NodeStatus status = this.states.of(node.id());
		List<AccountState> observed = this.states.accounts(node.id());
		List<AccountView> accounts = observed.stream().map(AccountView::of).toList();
		model.addAttribute("who", observed.stream().map(WhoView::of).filter((who) -> !who.isEmpty()).toList());
		model.addAttribute("node", node);
		model.addAttribute("status", status);
		model.addAttribute("reach", reach(node));
		model.addAttribute("moving", status.state() == NodeState.CONVERGING);
		model.addAttribute("accounts", accounts);
		model.addAttribute("foreign", accounts.stream().mapToLong(AccountView::foreign).sum());
		model.addAttribute("ownLine", ownLine(node, status));
		model.addAttribute("runs", this.states.runs(node.id(), LATEST_RUNS).map(RunView::of).getContent());
	}

	/**
	 * What puts Latchkey's own line back, in the shell of its account; null where nothing
	 * asks for it.
	 */
	private @Nullable String ownLine(Node node, NodeStatus status) {
		if (!node.enrolled() || status.state() != NodeState.REFUSED || status.shownHostKey() != null) {
			return null;
		}
		String line = this.ownKeys.authorizedKeysLine(this.ownKeys.newest(node.managementKey()).publicKey());
		return "echo " + ShellWord.quoted(line) + " >> ~/.ssh/authorized_keys";
	}

	private Confirmation deletion(Node node) {
		long own = this.states.accounts(node.id())
			.stream()
			.flatMap((account) -> account.entries().stream())
			.filter((entry) -> entry.origin() == AccountState.Origin.LATCHKEY && entry.is() != null)
			.count();
		return new Confirmation(this.texts.of("page.node.delete.title", node.name()),
				List.of(this.texts.of("page.node.delete.consequence", own, reach(node).size())),
				this.texts.of("page.delete"), node.name(), Links.node(node.name()), ROOM);
	}

	private List<GrantRow> reach(Node node) {
		return this.rows.ofReaches(this.grants.unendedOn(Set.of(node.id()), this.clusters.clustersOf(node.id())));
	}

}
