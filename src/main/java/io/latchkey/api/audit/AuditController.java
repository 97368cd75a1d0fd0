package io.latchkey.api.audit;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

import io.latchkey.api.answer.ListAnswer;
import io.latchkey.api.query.ListQuery;
import io.latchkey.api.query.Parameter;
import io.latchkey.audit.AuditQuery;
import io.latchkey.audit.AuditRecord;
import io.latchkey.audit.AuditTrail;
import io.latchkey.audit.RecordExport;
import io.latchkey.core.Actor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Pageable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/audit")
@Tag(name = "Audit", description = "The trail of all changes")
class AuditController {

	private final AuditTrail trail;

	private final RecordExport export;

	AuditController(AuditTrail trail, RecordExport export) {
		this.trail = trail;
		this.export = export;
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

	@GetMapping("/export")
	@Operation(summary = "The whole trail as JSON lines, at last its anchor",
			description = "The anchor signs the end of the chain by Ed25519. `java -jar latchkey.jar audit verify FILE` "
					+ "checks it without a database. An export that ends without an anchor is not complete.")
	void export(HttpServletResponse response) throws IOException {
		response.setContentType("application/x-ndjson");
		response.setCharacterEncoding(StandardCharsets.UTF_8);
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"latchkey-record.jsonl\"");
		try (Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8)) {
			this.export.write(out);
		}
	}

	@GetMapping("/keys")
	@Operation(summary = "The public keys (Ed25519, Base64) that anchors are signed with, the current one first")
	KeysAnswer keys() {
		return new KeysAnswer(this.export.keys());
	}

	/**
	 * The public keys.
	 */
	record KeysAnswer(List<String> keys) {

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
