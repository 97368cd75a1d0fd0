package io.latchkey.pages.nodes;

import java.util.Map;

import io.latchkey.diagnosis.TestLogins;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The page that says what to expect of a login. What is shown is as it is now, and kept
 * nowhere.
 */
@Controller
class TestLoginPageController {

	private static final String VIEW = "nodes/test-login";

	private final Nodes nodes;

	private final TestLogins testLogins;

	TestLoginPageController(Nodes nodes, TestLogins testLogins) {
		this.nodes = nodes;
		this.testLogins = testLogins;
	}

	@GetMapping("/nodes/{name}/accounts/{account}/test-login")
	String show(@PathVariable String name, @PathVariable String account, Model model) {
		describe(this.nodes.get(name), account, model);
		Form.in(model, Map.of());
		return VIEW;
	}

	@PostMapping("/nodes/{name}/accounts/{account}/test-login")
	String test(@PathVariable String name, @PathVariable String account, Input input, Model model) {
		String identity = input.text("identity");
		describe(this.nodes.get(name), account, model);
		model.addAttribute("test", this.testLogins.test(name, account, identity));
		Form.in(model, (identity != null) ? Map.of("identity", identity) : Map.of());
		return VIEW;
	}

	/** A path takes no backslash, as in {@code CORP\\alice}. */
	@GetMapping("/nodes/{name}/test-login")
	String showNamed(@PathVariable String name, @RequestParam String account, Model model) {
		return show(name, account, model);
	}

	@PostMapping("/nodes/{name}/test-login")
	String testNamed(@PathVariable String name, @RequestParam String account, Input input, Model model) {
		return test(name, account, input, model);
	}

	private static void describe(Node node, String account, Model model) {
		model.addAttribute("node", node);
		model.addAttribute("account", account);
	}

}
