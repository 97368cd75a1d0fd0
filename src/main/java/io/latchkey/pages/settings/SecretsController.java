package io.latchkey.pages.settings;

import java.time.Duration;

import io.latchkey.secrets.SecretRotation;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * How the secrets are sealed, and the change of their keys; for administrators alone.
 */
@Controller
class SecretsController {

	private static final String PAGE = "/settings/secrets";

	/** What is left then is gone on with by another click. */
	private static final Duration MOST = Duration.ofSeconds(20);

	private final SecretRotation rotation;

	SecretsController(SecretRotation rotation) {
		this.rotation = rotation;
	}

	@GetMapping(PAGE)
	String show(Model model) {
		model.addAttribute("secrets", this.rotation.state());
		return "settings/secrets";
	}

	@PostMapping(PAGE + "/rotate")
	String rotate() {
		this.rotation.rotate(MOST);
		return "redirect:" + PAGE;
	}

}
