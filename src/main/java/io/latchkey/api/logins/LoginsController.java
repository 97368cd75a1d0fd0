package io.latchkey.api.logins;

import java.time.Instant;

import io.latchkey.api.answer.ListAnswer;
import io.latchkey.api.query.ListQuery;
import io.latchkey.api.query.Parameter;
import io.latchkey.logins.Login;
import io.latchkey.logins.LoginQuery;
import io.latchkey.logins.Logins;
import io.latchkey.logins.Standing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/logins")
@Tag(name = "Logins", description = "Who came in, as the nodes' own logs tell")
class LoginsController {

	private final Logins logins;

	LoginsController(Logins logins) {
		this.logins = logins;
	}

	@GetMapping
	@Operation(summary = "List the logins, newest first",
			description = "Refusals, and Latchkey's own logins, are counted by day, account and address: `times` says "
					+ "how many, from `since` to `at`. `proved` is false where the node's log is one to which "
					+ "anybody on the node can write. `fresh` says that whose key it was had not come from that "
					+ "address before (of IPv6, from that /64). At most 10,000 are counted in `totalItems`, and no "
					+ "page tells of more: what is older is found by `until`.")
	ListAnswer<LoginAnswer> list(ListQuery query, @RequestParam(required = false) @Nullable String identity,
			@RequestParam(required = false) @Nullable String node,
			@RequestParam(required = false) @Nullable String account,
			@RequestParam(required = false) @Nullable String sourceAddress,
			@RequestParam(required = false) @Nullable String fingerprint,
			@RequestParam(required = false) @Nullable String grant,
			@RequestParam(required = false) @Nullable String outcome,
			@RequestParam(required = false) @Nullable String standing,
			@RequestParam(required = false) @Nullable String method,
			@RequestParam(required = false) @Nullable String fresh,
			@RequestParam(required = false) @Nullable String since,
			@RequestParam(required = false) @Nullable String until) {
		LoginQuery which = new LoginQuery(Parameter.text(identity), Parameter.text(node), Parameter.text(account),
				Parameter.text(sourceAddress), Parameter.text(fingerprint),
				Parameter.read("grant", grant, Long::valueOf, "json.integer"),
				Parameter.choice("outcome", outcome, Login.Outcome.class),
				Parameter.choice("standing", standing, Standing.class), Parameter.instant("since", since),
				Parameter.instant("until", until), Parameter.choice("method", method, LoginQuery.Method.class),
				Boolean.TRUE.equals(Parameter.flag("fresh", fresh)));
		return ListAnswer.of(this.logins.list(which, query.unsorted()), LoginAnswer::of);
	}

	/**
	 * Somebody who came in or was refused, or several.
	 */
	record LoginAnswer(Instant at, Instant since, int times, String node, @Nullable String account,
			@Nullable String fingerprint, @Nullable String identity, @Nullable Long grantId, String sourceAddress,
			@Nullable String method, Login.Outcome outcome, @Nullable Standing standing, boolean proved,
			boolean fresh) {

		static LoginAnswer of(Login login) {
			return new LoginAnswer(login.at(), login.since(), login.times(), login.node(), login.account(),
					login.fingerprint(), login.identity(), login.grant(), login.address(), login.method(),
					login.outcome(), login.standing(), login.proved(), login.fresh());
		}

	}

}
