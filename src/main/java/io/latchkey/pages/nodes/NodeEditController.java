package io.latchkey.pages.nodes;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Nodes;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.pages.Choice;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.pages.Losses;
import io.latchkey.removal.ExclusiveLooks;
import io.latchkey.removal.RemovalScope;
import io.latchkey.removal.Removals;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Changing what is recorded of a node.
 */
@Controller
class NodeEditController {

	private final Nodes nodes;

	private final Removals removals;

	private final ExclusiveLooks looks;

	private final ManagementKeys ownKeys;

	NodeEditController(Nodes nodes, Removals removals, ExclusiveLooks looks, ManagementKeys ownKeys) {
		this.nodes = nodes;
		this.removals = removals;
		this.looks = looks;
		this.ownKeys = ownKeys;
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

	@GetMapping("/nodes/{name}/edit")
	String edit(@PathVariable String name, Model model) {
		Node node = this.nodes.get(name);
		Form.in(model,
				Map.of("address", node.route().address(), "port", Integer.toString(node.route().port()),
						"managementAccount", node.management().account(), "privilege",
						node.management().privilege().name(), "mode", node.management().mode().name(),
						"legacyAlgorithms", Boolean.toString(node.route().legacyAlgorithms()), "labels",
						NodeListController.labels(node, "\n"), "version", Long.toString(node.version()), "jumpNode",
						Objects.requireNonNullElse(node.route().jumpNode(), ""), "managementKey",
						node.management().key().name()));
		model.addAttribute("node", node);
		if (node.enrolled() && node.management().mode() != Mode.EXCLUSIVE) {
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

}
