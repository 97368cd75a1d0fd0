package io.latchkey.api.sessions;

import io.latchkey.identity.Identities;
import io.latchkey.logins.SessionSearch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Identities")
class IdentitySessionLookController {

	private final Identities identities;

	private final SessionSearch search;

	IdentitySessionLookController(Identities identities, SessionSearch search) {
		this.identities = identities;
		this.search = search;
	}

	@PostMapping("/api/v1/identities/{name}/sessions/look")
	@Operation(summary = "Ask the nodes which SSH sessions are open now by the keys of an identity",
			description = FoundSessionsAnswer.DESCRIPTION)
	FoundSessionsAnswer look(@PathVariable String name) {
		return FoundSessionsAnswer.of(this.search.of(this.identities.get(name)));
	}

}
