package io.latchkey.pages.account;

import java.util.Map;
import java.util.Optional;

import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.users.SecondFactor;
import io.latchkey.users.SecondFactors;

import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The user's own second factor: set up, confirmed by a code, taken away by another.
 */
@Controller
class SecondFactorController {

	private static final String PAGE = "/account/second-factor";

	private final SecondFactors factors;

	SecondFactorController(SecondFactors factors) {
		this.factors = factors;
	}

	@GetMapping(PAGE)
	String show(Authentication authentication, Model model) {
		Form.in(model, Map.of());
		Optional<SecondFactor> factor = this.factors.find(authentication.getName());
		model.addAttribute("factor", factor.filter(SecondFactor::confirmed).orElse(null));
		factor.flatMap((found) -> this.factors.pendingSecret(authentication.getName())).ifPresent((secret) -> {
			model.addAttribute("secret", secret.replaceAll("(.{4})(?=.)", "$1 "));
			model.addAttribute("qr", QrPicture.of(uri(authentication.getName(), secret)));
		});
		return "account/second-factor";
	}

	@PostMapping(PAGE + "/begin")
	String begin(Authentication authentication) {
		this.factors.begin(authentication.getName());
		return "redirect:" + PAGE;
	}

	/** The recovery codes are shown by the next page, and by no other. */
	@PostMapping(PAGE)
	String confirm(Authentication authentication, Input input, RedirectAttributes redirect) {
		redirect.addFlashAttribute("codes", this.factors.confirm(authentication.getName(), input.word("code")));
		return "redirect:" + PAGE;
	}

	@GetMapping(PAGE + "/remove")
	String askToRemove(Model model) {
		Form.in(model, Map.of());
		return "account/remove-second-factor";
	}

	@PostMapping(PAGE + "/remove")
	String remove(Authentication authentication, Input input) {
		this.factors.remove(authentication.getName(), input.word("code"));
		return "redirect:/account";
	}

	/** As authenticators read it (the key URI format that Google's made common). */
	private static String uri(String username, String secret) {
		return "otpauth://totp/Latchkey:%s?secret=%s&issuer=Latchkey".formatted(username, secret);
	}

}
