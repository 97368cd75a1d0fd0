package io.latchkey.pages.sessions;

import io.latchkey.security.OwnSessions;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Where users are signed in, and their ending it.
 */
@Controller
class OwnSessionsController {

	private static final String PAGE = "/account/sessions";

	private final OwnSessions sessions;

	OwnSessionsController(OwnSessions sessions) {
		this.sessions = sessions;
	}

	@GetMapping(PAGE)
	String show(Authentication authentication, HttpServletRequest request, Model model) {
		model.addAttribute("sessions", this.sessions.of(authentication.getName(), request.getSession(false)));
		return "account/sessions";
	}

	@PostMapping(PAGE + "/{id}/end")
	String end(@PathVariable long id, Authentication authentication) {
		this.sessions.end(authentication.getName(), id);
		return "redirect:" + PAGE;
	}

	@PostMapping(PAGE + "/end-others")
	String endOthers(Authentication authentication, HttpServletRequest request) {
		this.sessions.endOthers(authentication.getName(), request.getSession(false));
		return "redirect:" + PAGE;
	}

}
