package io.latchkey.api.audit;

import java.time.Instant;
import java.util.OptionalLong;

import io.latchkey.api.answer.ListAnswer;
import io.latchkey.api.query.ListQuery;
import io.latchkey.api.query.Parameter;
import io.latchkey.audit.AuditQuery;
import io.latchkey.audit.AuditRecord;
import io.latchkey.audit.AuditTrail;
import io.latchkey.core.Actor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Pageable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/audit")
@Tag(name = "Audit", description = "The trail of all changes")
class AuditController {

	private final AuditTrail trail;

	AuditController(AuditTrail trail) {
		this.trail = trail;
	}

	@GetMapping
	@Operation(summary = "List the records, newest first",
			description = "Changes, and what concerns sign-in: `user.signed-in`, `user.signed-out`, "
					+ "`user.password-set`, "
					+ "`user.session-ended`, `user.sign-in-failed`, and `user.sign-ins-failed` for those that are "
					+ "counted together. An `action` such as `user` stands for all that begin with it.")
	ListAnswer<AuditAnswer> list(ListQuery query, @RequestParam(required = false) @Nullable String actor,
			@RequestParam(required = false) @Nullable String action,
			@RequestParam(required = false) @Nullable String subject,
			@RequestParam(required = false) @Nullable String since,
			@RequestParam(required = false) @Nullable String until) {
		AuditQuery which = new AuditQuery(Parameter.text(actor), Parameter.text(action), Parameter.text(subject),
				Parameter.instant("since", since), Parameter.instant("until", until), query.search());
		return ListAnswer.of(this.trail.list(which, query.unsorted()), AuditAnswer::of);
	}

	@GetMapping("/verify")
	@Operation(summary = "Check the chain of the records")
	VerificationAnswer verify() {
		OptionalLong broken = this.trail.firstBroken();
		long checked = this.trail.list(Pageable.ofSize(1)).getTotalElements();
		return new VerificationAnswer(broken.isEmpty(), checked, broken.isPresent() ? broken.getAsLong() : null);
	}

	/**
	 * One record.
	 */
	record AuditAnswer(long sequence, Instant at, String actor, Actor.Via via, String action, String subject,
			String detail, String hash) {

		static AuditAnswer of(AuditRecord kept) {
			return new AuditAnswer(kept.sequence(), kept.at(), kept.actor().name(), kept.actor().via(), kept.action(),
					kept.subject(), kept.detail(), kept.hash());
		}

	}

	/**
	 * Whether the chain holds.
	 *
	 * @param brokenAt the sequence of the first record that does not fit
	 */
	record VerificationAnswer(boolean intact, long checked, @Nullable Long brokenAt) {

	}

}
