package io.latchkey.api.sessions;

import java.time.Instant;
import java.util.List;

import io.latchkey.logins.FoundSessions;

/**
 * The sessions of an identity, or by a grant, at an instant.
 */
record FoundSessionsAnswer(Instant at, List<SessionAnswer> sessions, List<FoundSessions.Silent> silent,
		List<FoundSessions.Untold> untold, int unasked) {

	static final String DESCRIPTION = "The nodes that let them in, or did, are asked at once, 48 of them at the most, "
			+ "those first where they came last; `unasked` counts the others. `silent` names those that did not tell "
			+ "all, and why; `untold` those with sessions of which no log tells by which key they were opened. "
			+ "`/nodes/{name}/sessions/end` ends one.";

	static FoundSessionsAnswer of(FoundSessions found) {
		return new FoundSessionsAnswer(found.at(),
				found.sessions().stream().map((one) -> SessionAnswer.of(one.node(), one.session())).toList(),
				found.silent(), found.untold(), found.unasked());
	}

}
