package io.latchkey.api.grants;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.latchkey.api.answer.ListAnswer;
import io.latchkey.api.body.TextForm;
import io.latchkey.api.query.ListQuery;
import io.latchkey.api.query.Parameter;
import io.latchkey.grants.Grant;
import io.latchkey.logins.KeyUse;
import io.latchkey.logins.Unknown;
import io.latchkey.logins.UnusedAccess;
import io.latchkey.logins.UnusedGrant;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(GrantsController.PATH + "/unused")
@Tag(name = "Grants")
class UnusedGrantsController {

	private static final Duration USUAL = Duration.ofDays(30);

	private final UnusedAccess unused;

	UnusedGrantsController(UnusedAccess unused) {
		this.unused = unused;
	}

	@GetMapping
	@Operation(summary = "List the grants by which no log tells that anybody came for a time",
			description = "They were active all that `time`, P30D where nothing else is asked for. `unused` is false "
					+ "where that is not known: `unknown` names the nodes whose logs do not tell who came all that "
					+ "time, and why. Of several grants that let in the same way a login is by the one that ends "
					+ "last.")
	ListAnswer<UnusedGrantAnswer> list(ListQuery query, @RequestParam(required = false) @Nullable String time) {
		Duration asked = Parameter.read("time", time, TextForm::duration, "json.duration");
		return ListAnswer.of(this.unused.grants((asked != null) ? asked : USUAL, query.unsorted()),
				UnusedGrantAnswer::of);
	}

	/**
	 * A grant that nobody used, as far as that is known.
	 */
	record UnusedGrantAnswer(long id, String subject, String target, String account, Instant startsAt,
			@Nullable Instant expiresAt, @Nullable Instant lastUsedAt, boolean unused, List<Unknown> unknown) {

		static UnusedGrantAnswer of(UnusedGrant row) {
			Grant grant = row.grant();
			KeyUse last = row.last();
			return new UnusedGrantAnswer(grant.id().value(), grant.subject().toString(), grant.target().toString(),
					grant.account(), grant.startsAt(), grant.expiresAt(), (last != null) ? last.at() : null,
					row.isUnused(), row.unknown());
		}

	}

}
