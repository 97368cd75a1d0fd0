package io.latchkey.api.access;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.latchkey.access.Access;
import io.latchkey.access.AccessQuery;
import io.latchkey.access.EffectiveAccess;
import io.latchkey.api.answer.ListAnswer;
import io.latchkey.api.query.ListQuery;
import io.latchkey.api.query.Parameter;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.grants.GrantId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/access")
@Tag(name = "Access", description = "Who can reach what by the grants, now, in the past and in the time to come")
class AccessController {

	private final EffectiveAccess access;

	private final Clock clock;

	AccessController(EffectiveAccess access, Clock clock) {
		this.access = access;
		this.clock = clock;
	}

	@GetMapping
	@Operation(summary = "List who may log in where, as which account, and by which grants",
			description = "Of an `identity`, of a `node`, or of both; now, `at` another instant, past or future, or at "
					+ "any time from `since` to `until`. Teams, clusters and suspensions count as they were then. "
					+ "`until` in the answer is when the last of the grants lets in no more; without one of them has no "
					+ "end. `logins` says how often they came from `since` to `until`, as far as the nodes' logs are "
					+ "kept. Whether they hold a key is not asked, nor what else lets in on the node.")
	ListAnswer<AccessAnswer> list(ListQuery query, @RequestParam(required = false) @Nullable String identity,
			@RequestParam(required = false) @Nullable String node,
			@RequestParam(required = false) @Nullable String account,
			@RequestParam(required = false) @Nullable String at, @RequestParam(required = false) @Nullable String since,
			@RequestParam(required = false) @Nullable String until) {
		AccessQuery which = query(Parameter.text(identity), Parameter.text(node), Parameter.text(account),
				Parameter.instant("at", at), Parameter.instant("since", since), Parameter.instant("until", until));
		return ListAnswer.of(this.access.list(which, query.unsorted()), AccessAnswer::of);
	}

	private AccessQuery query(@Nullable String identity, @Nullable String node, @Nullable String account,
			@Nullable Instant at, @Nullable Instant since, @Nullable Instant until) {
		Instant now = this.clock.instant();
		if (since == null && until == null) {
			return AccessQuery.at(identity, node, account, (at != null) ? at : now);
		}
		if (at != null || since == null) {
			throw new InvalidInputException(List.of(Fault.of((at != null) ? "at" : "since", "access.time")));
		}
		return new AccessQuery(identity, node, account, since, (until != null) ? until : now);
	}

	/**
	 * Who may log in where.
	 */
	record AccessAnswer(String identity, String node, String account, List<Long> via, Set<String> grantedBy,
			@Nullable Instant until, @Nullable Instant lastLoginAt, long logins) {

		static AccessAnswer of(Access access) {
			return new AccessAnswer(access.identity(), access.node(), access.account(),
					access.via().stream().map(GrantId::value).toList(), access.grantedBy(), access.until(),
					access.lastLoginAt(), access.logins());
		}

	}

}
