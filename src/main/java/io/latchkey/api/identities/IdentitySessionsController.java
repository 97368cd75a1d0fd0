package io.latchkey.api.identities;

import io.latchkey.api.answer.ListAnswer;
import io.latchkey.api.query.ListQuery;
import io.latchkey.delivery.UnendedSessions;
import io.latchkey.identity.Identities;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/identities/{name}/unended-sessions")
@Tag(name = "Identities")
class IdentitySessionsController {

	private final Identities identities;

	private final UnendedSessions sessions;

	IdentitySessionsController(Identities identities, UnendedSessions sessions) {
		this.identities = identities;
		this.sessions = sessions;
	}

	@GetMapping
	@Operation(summary = "List the live sessions of an identity that were to be ended and are not known to be")
	ListAnswer<UnendedSessionAnswer> list(@PathVariable String name, ListQuery query) {
		return ListAnswer.of(query.of(this.sessions.of(this.identities.get(name))), UnendedSessionAnswer::of);
	}

	@PostMapping("/try-again")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Ask again for the end of those that nobody tries any more")
	void tryAgain(@PathVariable String name) {
		this.sessions.tryAgain(this.identities.get(name));
	}

	@PostMapping("/seen")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Note that somebody has seen to those that nobody tries any more")
	void see(@PathVariable String name) {
		this.sessions.see(this.identities.get(name));
	}

}
