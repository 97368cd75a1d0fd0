package io.latchkey.pages.account;

import java.util.Map;

import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.security.OwnSessions;
import io.latchkey.users.Passwords;
import io.latchkey.users.SecondFactors;
import io.latchkey.users.Users;

import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * What users keep of themselves.
 */
@Controller
class AccountController {

	private final Users users;

	private final Passwords passwords;

	private final SecondFactors factors;

	private final OwnSessions sessions;

	AccountController(Users users, Passwords passwords, SecondFactors factors, OwnSessions sessions) {
		this.users = users;
		this.passwords = passwords;
		this.factors = factors;
		this.sessions = sessions;
	}

	@GetMapping("/account")
	String show(Authentication authentication, Model model) {
		model.addAttribute("user", this.users.get(authentication.getName()));
		model.addAttribute("factor", this.factors.isAskedOf(authentication.getName()));
		model.addAttribute("sessions", this.sessions.of(authentication.getName(), null).size());
		return "account/account";
	}

	@GetMapping("/account/password")
	String askForPassword(Model model) {
		Form.in(model, Map.of());
		model.addAttribute("shortest", Passwords.SHORTEST);
		return "account/password";
	}

	/** It ends all sessions, this one among them. */
	@PostMapping("/account/password")
	String changePassword(Authentication authentication, Input input) {
		String chosen = NewPassword.read(input).text();
		this.passwords.change(authentication.getName(), input.raw("oldPassword"), chosen);
		return "redirect:/sign-in?password-set";
	}

}
