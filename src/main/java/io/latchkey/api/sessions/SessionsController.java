package io.latchkey.api.sessions;

import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.core.Fault;
import io.latchkey.core.Faults;
import io.latchkey.logins.EndOfSession;
import io.latchkey.logins.OpenSessions;
import io.latchkey.logins.SessionsNow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/nodes/{name}/sessions")
@Tag(name = "Nodes")
class SessionsController {

	private static final Pattern ID = Pattern.compile("(\\d{1,10})-(\\d{1,15})");

	private final OpenSessions sessions;

	SessionsController(OpenSessions sessions) {
		this.sessions = sessions;
	}

	@PostMapping("/look")
	@Operation(summary = "Ask the node which SSH sessions are open now, without Latchkey's own",
			description = "`standing`, `identity` and `fingerprint` are absent where no log tells how a session was "
					+ "opened. `others` counts those of accounts that could not be looked at, and `obstacle` says "
					+ "why not all are known.")
	SessionsAnswer look(@PathVariable String name) {
		return SessionsAnswer.of(this.sessions.on(name));
	}

	@PostMapping(path = "/end", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "End one of them",
			description = "`id` is that of the answer to `look`: another session is never ended. "
					+ "The outcome is ENDED, GONE when it was gone before, or STAYS with the reason.")
	EndOfSession end(@PathVariable String name, @RequestBody SessionRequest body) {
		Faults faults = new Faults();
		String account = faults.required("account", body.account(), "");
		Matcher id = ID.matcher(faults.required("id", body.id(), ""));
		if (!id.matches()) {
			faults.add(Fault.of("id", "sessions.id"));
		}
		faults.check();
		return this.sessions.end(name, account, Long.parseLong(id.group(1)), Long.parseLong(id.group(2)));
	}

	/** The one to be ended. */
	record SessionRequest(@Nullable String account, @Nullable String id) {

	}

	/** Those of a node at an instant. */
	record SessionsAnswer(String node, Instant at, List<SessionAnswer> sessions, int others,
			@Nullable String obstacle) {

		static SessionsAnswer of(SessionsNow now) {
			return new SessionsAnswer(now.node(), now.at(),
					now.sessions().stream().map((session) -> SessionAnswer.of(now.node(), session)).toList(),
					now.others(), now.obstacle());
		}

	}

}
