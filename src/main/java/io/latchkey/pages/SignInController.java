package io.latchkey.pages;

import java.util.Map;

import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class SignInController {

	@GetMapping("/sign-in")
	String signIn(@RequestParam Map<String, String> parameters, Model model) {
		model.addAttribute("refused", parameters.containsKey("error"));
		model.addAttribute("limited", "limited".equals(parameters.get("error")));
		model.addAttribute("signedOut", parameters.containsKey("signed-out"));
		model.addAttribute("passwordSet", parameters.containsKey("password-set"));
		// Where to go afterwards, signed; sign-in looks at the signature.
		model.addAttribute("to", parameters.get("to"));
		return "sign-in";
	}

	/** For who is signed in, before what takes a password that was given just now. */
	@GetMapping("/sign-in/again")
	String signInAgain(Authentication authentication, @RequestParam Map<String, String> parameters, Model model) {
		signIn(parameters, model);
		model.addAttribute("username", authentication.getName());
		model.addAttribute("unsent", parameters.containsKey("unsent"));
		return "sign-in-again";
	}

	/** The password was right; sign-in itself knows whose it was. */
	@GetMapping("/sign-in/code")
	String askForCode(@RequestParam Map<String, String> parameters, Model model) {
		model.addAttribute("refused", parameters.containsKey("error"));
		model.addAttribute("limited", "limited".equals(parameters.get("error")));
		model.addAttribute("to", parameters.get("to"));
		return "sign-in-code";
	}

}
