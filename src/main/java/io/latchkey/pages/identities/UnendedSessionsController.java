package io.latchkey.pages.identities;

import io.latchkey.delivery.UnendedSessions;
import io.latchkey.identity.Identities;
import io.latchkey.pages.Links;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * What can be done about sessions that were to be ended and were not.
 */
@Controller
class UnendedSessionsController {

	private final Identities identities;

	private final UnendedSessions sessions;

	UnendedSessionsController(Identities identities, UnendedSessions sessions) {
		this.identities = identities;
		this.sessions = sessions;
	}

	@PostMapping("/identities/{name}/sessions/try-again")
	String tryAgain(@PathVariable String name) {
		this.sessions.tryAgain(this.identities.get(name));
		return "redirect:" + Links.identity(name);
	}

	@PostMapping("/identities/{name}/sessions/seen")
	String see(@PathVariable String name) {
		this.sessions.see(this.identities.get(name));
		return "redirect:" + Links.identity(name);
	}

}
