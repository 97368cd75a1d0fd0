package io.latchkey.pages.passwords;

import java.util.Map;
import java.util.Objects;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.pages.Texts;
import io.latchkey.passwords.PasswordChange;
import io.latchkey.passwords.PasswordChoice;
import io.latchkey.passwords.PasswordDemand;
import io.latchkey.passwords.PasswordSwitches;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What would follow where a node no longer let in by password, and the switch.
 */
@Controller
class NodePasswordsPageController {

	private final Nodes nodes;

	private final PasswordSwitches switches;

	private final Texts texts;

	NodePasswordsPageController(Nodes nodes, PasswordSwitches switches, Texts texts) {
		this.nodes = nodes;
		this.switches = switches;
		this.texts = texts;
	}

	/** Connects to the node. */
	@GetMapping("/nodes/{name}/passwords")
	String show(@PathVariable String name, Model model) {
		Node node = this.nodes.get(name);
		Form.in(model, Map.of());
		model.addAttribute("node", node);
		if (node.enrolled()) {
			model.addAttribute("readiness", this.switches.look(name));
			this.switches.of(node.id()).ifPresent((login) -> model.addAttribute("login", login));
		}
		return "passwords/node";
	}

	@PostMapping("/nodes/{name}/passwords")
	String decide(@PathVariable String name, Input input, RedirectAttributes after) {
		PasswordDemand demand = Demands.of(input, input.text("seen"));
		PasswordChange change = this.switches.decide(name, demand);
		if (!change.done()) {
			throw new InvalidInputException(Fault.of("", "verbatim", Objects.requireNonNullElse(change.detail(), "")));
		}
		after.addFlashAttribute("done", this.texts.of(code(demand.choice()) + change.state(), name));
		return "redirect:" + Links.node(name) + "/passwords";
	}

	private static String code(PasswordChoice choice) {
		return choice.equals(PasswordChoice.NOTHING) ? "page.passwords.back." : "page.passwords.done.";
	}

}
