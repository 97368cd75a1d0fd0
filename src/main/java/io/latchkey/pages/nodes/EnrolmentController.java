package io.latchkey.pages.nodes;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.enrolment.Enrolment;
import io.latchkey.enrolment.Enrolments;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.HostKeyPins;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.pages.Texts;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * How a node is let in: its host key confirmed, the first login made.
 */
@Controller
class EnrolmentController {

	private final Nodes nodes;

	private final Enrolments enrolments;

	private final ManagementKeys managementKeys;

	private final Texts texts;

	private final HostKeyPins pins;

	EnrolmentController(Nodes nodes, Enrolments enrolments, ManagementKeys managementKeys, Texts texts,
			HostKeyPins pins) {
		this.nodes = nodes;
		this.enrolments = enrolments;
		this.managementKeys = managementKeys;
		this.texts = texts;
		this.pins = pins;
	}

	@GetMapping("/nodes/{name}/enrol")
	String show(@PathVariable String name, Model model) {
		Node node = this.nodes.get(name);
		boolean again = Form.isRefusedIn(model);
		Form.in(model, Map.of("method", Enrolment.Method.PASSWORD.name(), "account", node.management().account()));
		model.addAttribute("node", node);
		model.addAttribute("line", this.managementKeys
			.authorizedKeysLine(this.managementKeys.newest(node.management().key()).publicKey()));
		try {
			List<HostKey> shown = again ? this.enrolments.recentHostKeysOf(name) : this.enrolments.hostKeysOf(name);
			model.addAttribute("hostKeys", shown);
			model.addAttribute("former",
					this.pins.former(name, node.route().address(), node.route().port()).others(node, shown));
		}
		catch (NodeException ex) {
			model.addAttribute("hostKeys", List.of());
			model.addAttribute("unreachable", String.valueOf(ex.getMessage()));
			model.addAttribute("remedy", this.texts.of(ex.remedy(), ex.remedyArguments().toArray()));
		}
		return "nodes/enrol";
	}

	@PostMapping("/nodes/{name}/enrol")
	String enrol(@PathVariable String name, Input input) {
		Enrolment enrolment = new Enrolment(secret(input), input.text("account"), hostKey(input));
		this.enrolments.checkMayReplacePins(name, enrolment);
		this.enrolments.enrol(name, enrolment);
		return "redirect:" + Links.node(name);
	}

	private static Secret secret(Input input) {
		return switch (input.choice("method", Enrolment.Method.class)) {
			case PASSWORD -> new Secret.Password(input.raw("password").toCharArray());
			case PRIVATE_KEY -> new Secret.PrivateKey(input.raw("privateKey").getBytes(StandardCharsets.UTF_8),
					input.raw("passphrase").getBytes(StandardCharsets.UTF_8));
			case KEY_INSTALLED -> new Secret.ManagementKey();
		};
	}

	private static @Nullable Fingerprint hostKey(Input input) {
		String text = input.text("acceptHostKey");
		if (text == null) {
			return null;
		}
		try {
			return Fingerprint.parse(text);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidInputException(Fault.of("acceptHostKey", "verbatim", String.valueOf(ex.getMessage())));
		}
	}

}
