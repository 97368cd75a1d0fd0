package io.latchkey.pages.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.inventory.Nodes;
import io.latchkey.managementkeys.KeyRotation;
import io.latchkey.managementkeys.KeyRotations;
import io.latchkey.managementkeys.ManagementKey;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.managementkeys.NextKey;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;
import io.latchkey.pages.Question;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Texts;
import io.latchkey.ssh.ManagementKeyAgent;
import io.latchkey.ssh.NodeException;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Latchkey's own key, and its rotation.
 */
@Controller
class SettingsController {

	private static final String PAGE = "/settings";

	private static final int MOST_NODES = 100;

	private final ManagementKeys managementKeys;

	private final ManagementKeyAgent agent;

	private final KeyRotations rotations;

	private final RotationBars bars;

	private final Nodes nodes;

	private final Texts texts;

	SettingsController(ManagementKeys managementKeys, ManagementKeyAgent agent, KeyRotations rotations,
			RotationBars bars, Nodes nodes, Texts texts) {
		this.managementKeys = managementKeys;
		this.agent = agent;
		this.rotations = rotations;
		this.bars = bars;
		this.nodes = nodes;
		this.texts = texts;
	}

	@GetMapping(PAGE)
	String show(Model model) {
		describe(model);
		return "settings/key";
	}

	/** What of the page is asked for again while a rotation is under way. */
	@GetMapping(PAGE + "/rotation")
	String live(Model model) {
		describe(model);
		return "settings/key :: live";
	}

	private void describe(Model model) {
		model.addAttribute("key", this.managementKeys.all().get(0));
		model.addAttribute("line", this.managementKeys.authorizedKeysLine());
		model.addAttribute("others",
				this.managementKeys.newest()
					.stream()
					.skip(1)
					.map((key) -> new OwnKey(key, this.managementKeys.authorizedKeysLine(key.publicKey())))
					.toList());
		model.addAttribute("agent", this.agent.socket().map(Path::toString).orElse(null));
		model.addAttribute("trouble", this.agent.trouble().orElse(null));
		Optional<KeyRotation> rotation = this.rotations.underWay();
		rotation.ifPresent((underWay) -> {
			model.addAttribute("rotation", underWay);
			model.addAttribute("progress", this.bars.of(underWay));
			model.addAttribute("unmoved", underWay.nodes().stream().limit(MOST_NODES).toList());
			model.addAttribute("more", Math.max(0, underWay.nodes().size() - MOST_NODES));
		});
	}

	@GetMapping(PAGE + "/rotate")
	String askToRotate(Model model) {
		Form.in(model, Map.of());
		model.addAttribute("question", question());
		if (this.agent.socket().isEmpty()) {
			return Question.VIEW;
		}
		try {
			model.addAttribute("offered", offered());
		}
		catch (NodeException.AgentUnavailable ex) {
			model.addAttribute("offered", List.of());
			model.addAttribute("unavailable", ex);
		}
		return "settings/rotate";
	}

	/** What the agent holds beside the key that is in use. */
	private List<PublicKey> offered() {
		List<Fingerprint> present = this.managementKeys.all().stream().map(ManagementKey::fingerprint).toList();
		return this.agent.keys().stream().filter((key) -> !present.contains(key.fingerprint())).toList();
	}

	@PostMapping(PAGE + "/rotate")
	String rotate(Input input) {
		question().check(input);
		this.rotations.start(next(input.word("key")));
		return "redirect:" + PAGE;
	}

	private static NextKey next(String key) {
		try {
			return key.isEmpty() ? NextKey.MADE : new NextKey(ManagementKey.Holder.AGENT, Fingerprint.parse(key));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidInputException(Fault.of("key", "fingerprint.malformed"));
		}
	}

	private Question question() {
		return new Question(this.texts.of("page.rotation.title"),
				List.of(this.texts.of("page.rotation.consequence", this.nodes.count()),
						this.texts.of("page.rotation.note")),
				this.texts.of("page.rotation.start"), null, PAGE, "settings");
	}

	/** One beside the usual one, with its line for a node. */
	record OwnKey(ManagementKey key, String line) {

	}

}
