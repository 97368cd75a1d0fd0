package io.latchkey.pages.account;

import java.util.Map;
import java.util.Optional;

import io.latchkey.core.InvalidInputException;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Texts;
import io.latchkey.users.Invitations;
import io.latchkey.users.Passwords;
import io.latchkey.users.User;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * What the link of an invitation leads to. Nothing is kept on the server for whoever
 * opens it, so a form that is refused is answered with itself.
 */
@Controller
class InvitationController {

	private static final String PAGE = "/invitation/{text}";

	private static final String VIEW = "account/invitation";

	private final Invitations invitations;

	private final Texts texts;

	InvitationController(Invitations invitations, Texts texts) {
		this.invitations = invitations;
		this.texts = texts;
	}

	@GetMapping(PAGE)
	String show(@PathVariable String text, Model model) {
		return show(this.invitations.find(text), Form.in(model, Map.of()), model);
	}

	@PostMapping(PAGE)
	String accept(@PathVariable String text, Input input, HttpServletRequest request, Model model) {
		Optional<User> user = this.invitations.find(text);
		try {
			NewPassword chosen = NewPassword.read(input);
			if (this.invitations.accept(text, chosen.text(), request.getRemoteAddr()).isPresent()) {
				return "redirect:/sign-in?password-set";
			}
			return show(Optional.empty(), Form.in(model, Map.of()), model);
		}
		catch (InvalidInputException ex) {
			return show(user, Form.refused(ex.faults(), this.texts), model);
		}
	}

	private static String show(Optional<User> user, Form form, Model model) {
		model.addAttribute("form", form);
		model.addAttribute("user", user.orElse(null));
		model.addAttribute("shortest", Passwords.SHORTEST);
		return VIEW;
	}

}
