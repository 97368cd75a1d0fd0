package io.latchkey.pages.settings;

import io.latchkey.security.OwnSessions;
import io.latchkey.users.User;
import io.latchkey.users.Users;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The end of sessions of others; for administrators alone.
 */
@Controller
class UserSessionsController {

	private static final String SESSIONS = "/settings/users/{name}/sessions";

	private final Users users;

	private final OwnSessions sessions;

	UserSessionsController(Users users, OwnSessions sessions) {
		this.users = users;
		this.sessions = sessions;
	}

	@PostMapping(SESSIONS + "/{id}/end")
	String end(@PathVariable String name, @PathVariable long id) {
		User user = this.users.get(name);
		this.sessions.endOfAnother(user.username(), id);
		return "redirect:" + to(user);
	}

	@PostMapping(SESSIONS + "/end")
	String endAll(@PathVariable String name) {
		User user = this.users.get(name);
		this.sessions.endAllOfAnother(user.username());
		return "redirect:" + to(user);
	}

	private static String to(User user) {
		return UriComponentsBuilder.fromPath("/settings/users")
			.pathSegment(user.username())
			.build()
			.encode()
			.toUriString();
	}

}
