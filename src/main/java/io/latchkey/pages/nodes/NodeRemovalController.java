package io.latchkey.pages.nodes;

import java.util.List;
import java.util.Map;

import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.leaving.Leavings;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.NodeStates;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.pages.Question;
import io.latchkey.pages.Texts;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Taking a node out of Latchkey, with what stands on it or without.
 */
@Controller
class NodeRemovalController {

	private static final String ROOM = "nodes";

	private static final String CLEANUP = "cleanup";

	private final Nodes nodes;

	private final NodeStates states;

	private final NodeReach reach;

	private final Leavings leavings;

	private final Texts texts;

	NodeRemovalController(Nodes nodes, NodeStates states, NodeReach reach, Leavings leavings, Texts texts) {
		this.nodes = nodes;
		this.states = states;
		this.reach = reach;
		this.leavings = leavings;
		this.texts = texts;
	}

	@GetMapping("/nodes/{name}/delete")
	String askToDelete(@PathVariable String name, Model model) {
		Node node = this.nodes.get(name);
		Form.in(model, node.enrolled() ? Map.of(CLEANUP, "true") : Map.of());
		model.addAttribute("question", deletion(node));
		model.addAttribute(CLEANUP, node.enrolled());
		return Question.VIEW;
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

	private Question deletion(Node node) {
		long own = this.states.accounts(node.id())
			.stream()
			.flatMap((account) -> account.entries().stream())
			.filter((entry) -> entry.origin() == AccountState.Origin.LATCHKEY && entry.is() != null)
			.count();
		return new Question(this.texts.of("page.node.delete.title", node.name()),
				List.of(this.texts.of("page.node.delete.consequence", own, this.reach.of(node).size())),
				this.texts.of("page.delete"), node.name(), Links.node(node.name()), ROOM);
	}

}
