package io.latchkey.pages.nodes;

import java.util.Map;

import io.latchkey.diagnosis.DebugTries;
import io.latchkey.inventory.Nodes;
import io.latchkey.pages.Form;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * A second sshd for one try of a login, and what it says, as it says it.
 */
@Controller
class DebugSshdController {

	private static final String VIEW = "nodes/debug-sshd";

	private final Nodes nodes;

	private final DebugTries tries;

	DebugSshdController(Nodes nodes, DebugTries tries) {
		this.nodes = nodes;
		this.tries = tries;
	}

	@GetMapping("/nodes/{name}/debug-sshd")
	String show(@PathVariable String name, Model model) {
		model.addAttribute("node", this.nodes.get(name));
		model.addAttribute("tried", this.tries.of(name).orElse(null));
		model.addAttribute("seconds", DebugTries.LENGTH.toSeconds());
		Form.in(model, Map.of());
		return VIEW;
	}

	/** The part that follows the try. */
	@GetMapping("/nodes/{name}/debug-sshd/log")
	String follow(@PathVariable String name, Model model) {
		show(name, model);
		return VIEW + " :: live";
	}

	@PostMapping("/nodes/{name}/debug-sshd")
	String start(@PathVariable String name) {
		this.tries.start(name);
		return "redirect:/nodes/{name}/debug-sshd";
	}

	@PostMapping("/nodes/{name}/debug-sshd/stop")
	String stop(@PathVariable String name) {
		this.tries.stop(this.nodes.get(name).name());
		return "redirect:/nodes/{name}/debug-sshd";
	}

}
