package io.latchkey.pages.nodes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.enrolment.HostKeyComparison;
import io.latchkey.enrolment.HostKeys.HostNames;
import io.latchkey.enrolment.HostKeys;
import io.latchkey.inventory.Nodes;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.pages.Texts;
import io.latchkey.ssh.NodeException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * What a node is known by, beside what it shows now; and the file for those who log in.
 */
@Controller
class HostKeyController {

	private final Nodes nodes;

	private final HostKeys hostKeys;

	private final Texts texts;

	HostKeyController(Nodes nodes, HostKeys hostKeys, Texts texts) {
		this.nodes = nodes;
		this.hostKeys = hostKeys;
		this.texts = texts;
	}

	@GetMapping("/nodes/{name}/host-keys")
	String compare(@PathVariable String name, Model model) {
		model.addAttribute("node", this.nodes.get(name));
		Form.in(model, Map.of());
		try {
			HostKeyComparison comparison = this.hostKeys.compare(name);
			model.addAttribute("comparison", comparison);
		}
		catch (NodeException ex) {
			model.addAttribute("unreachable", String.valueOf(ex.getMessage()));
			model.addAttribute("remedy", this.texts.of(ex.remedy(), ex.remedyArguments().toArray()));
		}
		return "nodes/host-keys";
	}

	@PostMapping("/nodes/{name}/host-keys")
	String accept(@PathVariable String name, Input input) {
		this.hostKeys.accept(name, fingerprints(input.words("acceptHostKey")));
		return "redirect:" + Links.node(name);
	}

	/** As people put it into {@code ~/.ssh/known_hosts}, or name it there. */
	@GetMapping("/known_hosts")
	ResponseEntity<String> knownHosts(Input input) {
		HostNames names = input.isTicked("hashed") ? HostNames.HASHED : HostNames.PLAIN;
		return ResponseEntity.ok()
			.contentType(MediaType.TEXT_PLAIN)
			.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"known_hosts\"")
			.body(this.hostKeys.knownHosts(input.text("cluster"), names));
	}

	private static List<Fingerprint> fingerprints(List<String> texts) {
		List<Fingerprint> fingerprints = new ArrayList<>();
		for (String text : texts) {
			try {
				fingerprints.add(Fingerprint.parse(text));
			}
			catch (IllegalArgumentException ex) {
				throw new InvalidInputException(Fault.of("acceptHostKey", "verbatim", String.valueOf(ex.getMessage())));
			}
		}
		return fingerprints;
	}

}
