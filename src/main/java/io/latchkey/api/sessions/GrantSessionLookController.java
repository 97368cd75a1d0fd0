package io.latchkey.api.sessions;

import io.latchkey.core.NotFoundException;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.Grants;
import io.latchkey.logins.SessionSearch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Grants")
class GrantSessionLookController {

	private final Grants grants;

	private final SessionSearch search;

	GrantSessionLookController(Grants grants, SessionSearch search) {
		this.grants = grants;
		this.search = search;
	}

	@PostMapping("/api/v1/grants/{id}/sessions/look")
	@Operation(summary = "Ask the nodes which SSH sessions are open now that this grant let in",
			description = FoundSessionsAnswer.DESCRIPTION + " Of several grants that let in the same way a session "
					+ "is by the one that ends last.")
	FoundSessionsAnswer look(@PathVariable String id) {
		GrantId grant = GrantId.parse(id).orElseThrow(() -> new NotFoundException("grant", id));
		return FoundSessionsAnswer.of(this.search.by(this.grants.get(grant).id()));
	}

}
