package io.latchkey.pages.nodes;

import java.util.List;

import io.latchkey.core.ShellWord;
import io.latchkey.diagnosis.KeptDiagnoses;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.logins.Logins;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStates;
import io.latchkey.nodestate.NodeStatus;
import io.latchkey.nodestate.Reconciler;
import io.latchkey.pages.Links;
import io.latchkey.passwords.PasswordSwitches;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * The page of a node: how it stands, what its files should hold and hold, and who can log
 * in.
 */
@Controller
class NodeController {

	private static final PageRequest LATEST_RUNS = PageRequest.of(0, 20);

	private static final int LATEST_DIAGNOSES = 3;

	private static final PageRequest LATEST_REMOVED = PageRequest.of(0, 5);

	private final Nodes nodes;

	private final NodeStates states;

	private final NodeReach reach;

	private final Reconciler reconciler;

	private final RemovedRows removed;

	private final ManagementKeys ownKeys;

	private final PasswordSwitches passwords;

	private final Logins logins;

	private final KeptDiagnoses diagnoses;

	NodeController(Nodes nodes, NodeStates states, NodeReach reach, Reconciler reconciler, RemovedRows removed,
			ManagementKeys ownKeys, PasswordSwitches passwords, Logins logins, KeptDiagnoses diagnoses) {
		this.nodes = nodes;
		this.states = states;
		this.reach = reach;
		this.reconciler = reconciler;
		this.removed = removed;
		this.ownKeys = ownKeys;
		this.passwords = passwords;
		this.logins = logins;
		this.diagnoses = diagnoses;
	}

	@GetMapping("/nodes/{name}")
	String show(@PathVariable String name, Model model) {
		Node node = this.nodes.get(name);
		describe(node, model);
		model.addAttribute("passwordLogin", this.passwords.of(node.id()).orElse(null));
		model.addAttribute("uses", this.logins.lastUsesOn(name));
		model.addAttribute("diagnoses", this.diagnoses.of(node.id()).stream().limit(LATEST_DIAGNOSES).toList());
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

	private void describe(Node node, Model model) {
		NodeStatus status = this.states.of(node.id());
		List<AccountState> observed = this.states.accounts(node.id());
		List<AccountView> accounts = observed.stream().map(AccountView::of).toList();
		model.addAttribute("who", observed.stream().map(WhoView::of).filter((who) -> !who.isEmpty()).toList());
		model.addAttribute("node", node);
		model.addAttribute("status", status);
		model.addAttribute("reach", this.reach.of(node));
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
		if (!node.enrolled() || status.state() != NodeState.REFUSED || status.remarks().shownHostKey() != null) {
			return null;
		}
		String line = this.ownKeys.authorizedKeysLine(this.ownKeys.newest(node.management().key()).publicKey());
		return "echo " + ShellWord.quoted(line) + " >> ~/.ssh/authorized_keys";
	}

}
