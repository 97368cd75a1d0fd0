package io.latchkey.api.problem;

import java.util.List;

import io.latchkey.api.body.BodyTooLargeException;
import io.latchkey.api.body.MalformedJsonException;
import io.latchkey.api.body.MalformedRequestException;
import io.latchkey.api.query.PreconditionFailedException;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.KebabCase;
import io.latchkey.core.NameInUseException;
import io.latchkey.core.NotFoundException;
import io.latchkey.core.VersionConflictException;
import io.latchkey.desired.ConfirmationNeededException;
import io.latchkey.desired.RemovalPreview;
import io.latchkey.diagnosis.MendOutdatedException;
import io.latchkey.diagnosis.MendReservedException;
import io.latchkey.enrolment.HostKeyUnconfirmedException;
import io.latchkey.enrolment.ManagementKeyRefusedException;
import io.latchkey.foreignkeys.AdoptionReach;
import io.latchkey.foreignkeys.AdoptionUnconfirmedException;
import io.latchkey.identity.DuplicateKeyException;
import io.latchkey.identity.KeyRefusedException;
import io.latchkey.imports.ImportChangedException;
import io.latchkey.internode.RotationUnderWayException;
import io.latchkey.inventory.FormerHostKeysException;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.JumpNodeInUseException;
import io.latchkey.managementkeys.KeyRotationUnderWayException;
import io.latchkey.ssh.FailureKind;
import io.latchkey.ssh.NodeException;

import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;

/**
 * Turns what went wrong into a problem.
 */
@RestControllerAdvice(basePackages = "io.latchkey.api")
class ProblemAdvice extends FrameworkProblems {

	private final ProblemTexts problems;

	ProblemAdvice(ProblemTexts problems) {
		super(problems);
		this.problems = problems;
	}

	@ExceptionHandler
	ResponseEntity<Object> malformed(MalformedRequestException ex) {
		return answer(this.problems.of(HttpStatus.BAD_REQUEST, "malformed-request", ex.faults()));
	}

	@ExceptionHandler
	ResponseEntity<Object> malformed(MalformedJsonException ex) {
		return answer(this.problems.of(HttpStatus.BAD_REQUEST, "malformed-json", String.valueOf(ex.getMessage())));
	}

	@ExceptionHandler
	ResponseEntity<Object> tooLarge(BodyTooLargeException ex) {
		return answer(this.problems.of(HttpStatus.CONTENT_TOO_LARGE, "content-too-large", BodyTooLargeException.LIMIT));
	}

	@ExceptionHandler
	ResponseEntity<Object> invalid(InvalidInputException ex) {
		return answer(this.problems.of(HttpStatus.UNPROCESSABLE_CONTENT, "invalid-input", ex.faults()));
	}

	@ExceptionHandler
	ResponseEntity<Object> notFound(NotFoundException ex) {
		return answer(this.problems.of(HttpStatus.NOT_FOUND, "not-found", ex.kind(), ex.name()));
	}

	@ExceptionHandler
	ResponseEntity<Object> nameInUse(NameInUseException ex) {
		return answer(this.problems.of(HttpStatus.CONFLICT, "name-in-use", ex.kind(), ex.name()));
	}

	@ExceptionHandler
	ResponseEntity<Object> jumpNodeInUse(JumpNodeInUseException ex) {
		return answer(
				this.problems.of(HttpStatus.CONFLICT, "jump-node-in-use", ex.node(), String.join(", ", ex.behind())));
	}

	@ExceptionHandler
	ResponseEntity<Object> duplicate(DuplicateKeyException ex) {
		return answer(this.problems.of(HttpStatus.CONFLICT, "duplicate-key", ex.fingerprint(), ex.owner()));
	}

	@ExceptionHandler
	ResponseEntity<Object> keyRefused(KeyRefusedException ex) {
		String slug = KebabCase.of(ex.reason());
		String said = String.valueOf(ex.getMessage());
		ProblemDetail problem = this.problems.said(HttpStatus.UNPROCESSABLE_CONTENT, slug, said);
		problem.setProperty("errors", List.of(new ProblemTexts.FieldError("publicKey", said)));
		return answer(problem);
	}

	@ExceptionHandler
	ResponseEntity<Object> preconditionFailed(PreconditionFailedException ex) {
		return answer(this.problems.of(HttpStatus.PRECONDITION_FAILED, "precondition-failed"));
	}

	@ExceptionHandler({ VersionConflictException.class, OptimisticLockingFailureException.class })
	ResponseEntity<Object> changedMeanwhile(Exception ex, WebRequest request) {
		return (request.getHeader(HttpHeaders.IF_MATCH) != null)
				? answer(this.problems.of(HttpStatus.PRECONDITION_FAILED, "precondition-failed"))
				: answer(this.problems.of(HttpStatus.CONFLICT, "changed-meanwhile"));
	}

	@ExceptionHandler
	ResponseEntity<Object> rotating(RotationUnderWayException ex) {
		return answer(this.problems.of(HttpStatus.CONFLICT, "rotation-under-way", ex.cluster()));
	}

	@ExceptionHandler
	ResponseEntity<Object> unconfirmed(HostKeyUnconfirmedException ex) {
		ProblemDetail problem = this.problems.said(HttpStatus.CONFLICT, "host-key-unconfirmed",
				this.problems.text("problem.host-key-unconfirmed." + (ex.isMismatch() ? "mismatch" : "detail")));
		problem.setProperty("hostKeys", ex.shown().stream().map(ShownHostKey::of).toList());
		return answer(problem);
	}

	@ExceptionHandler
	ResponseEntity<Object> formerHostKeys(FormerHostKeysException ex) {
		return answer(this.problems.of(HttpStatus.FORBIDDEN, "former-host-keys", ex.node(), ex.former().name(),
				ex.former().place(), Integer.toString(ex.former().port()), ex.former().told()));
	}

	@ExceptionHandler
	ResponseEntity<Object> unconfirmed(ConfirmationNeededException ex) {
		RemovalPreview preview = ex.preview();
		ProblemDetail problem = this.problems.of(HttpStatus.CONFLICT, "confirmation-needed", preview.countRemoved(),
				preview.countNodes());
		problem.setProperty("preview", PreviewAnswer.of(preview));
		problem.setProperty("digest", preview.digest());
		return answer(problem);
	}

	@ExceptionHandler
	ResponseEntity<Object> unconfirmed(AdoptionUnconfirmedException ex) {
		AdoptionReach reach = ex.reach();
		ProblemDetail problem = this.problems.said(HttpStatus.CONFLICT, "confirmation-needed", this.problems
			.text("problem.confirmation-needed.adoption", reach.identity(), reach.places().size(), reach.countNodes()));
		problem.setProperty("preview", ReachAnswer.of(reach));
		problem.setProperty("digest", reach.digest());
		return answer(problem);
	}

	@ExceptionHandler(MendOutdatedException.class)
	ResponseEntity<Object> mendOutdated() {
		return answer(this.problems.of(HttpStatus.CONFLICT, "mend-outdated"));
	}

	@ExceptionHandler(MendReservedException.class)
	ResponseEntity<Object> mendReserved() {
		return answer(this.problems.of(HttpStatus.FORBIDDEN, "mend-reserved"));
	}

	@ExceptionHandler(ImportChangedException.class)
	ResponseEntity<Object> importChanged() {
		return answer(this.problems.of(HttpStatus.CONFLICT, "import-changed"));
	}

	@ExceptionHandler
	ResponseEntity<Object> underWay(KeyRotationUnderWayException ex) {
		return answer(this.problems.of(HttpStatus.CONFLICT, "management-key-rotation-under-way"));
	}

	@ExceptionHandler
	ResponseEntity<Object> keyNotInstalled(ManagementKeyRefusedException ex) {
		return answer(this.problems.said(HttpStatus.UNPROCESSABLE_CONTENT, "management-key-refused",
				String.valueOf(ex.getMessage())));
	}

	@ExceptionHandler
	ResponseEntity<Object> nodeFailed(NodeException ex) {
		HttpHeaders headers = new HttpHeaders();
		if (ex.kind() == FailureKind.TRIED_TOO_OFTEN) {
			headers.set(HttpHeaders.RETRY_AFTER, Long.toString(ex.rest().plusSeconds(1).toSeconds()));
		}
		return answer(
				this.problems.said(statusOf(ex.kind()), ex.code(),
						this.problems.sentences(ex.getMessage(), ex.remedy(), ex.remedyArguments().toArray())),
				headers);
	}

	private static HttpStatus statusOf(FailureKind kind) {
		return switch (kind) {
			case NOT_LET_IN, MORE_ASKED, METHOD_NOT_TAKEN, NEVER_DIALLED -> HttpStatus.UNPROCESSABLE_CONTENT;
			case TRIED_TOO_OFTEN -> HttpStatus.TOO_MANY_REQUESTS;
			case TIMED_OUT, TIMED_OUT_LET_IN -> HttpStatus.GATEWAY_TIMEOUT;
			default -> HttpStatus.BAD_GATEWAY;
		};
	}

	/** The grant stands all the same: its place is said. */
	@ExceptionHandler
	ResponseEntity<Object> notDelivered(NotDeliveredException ex) {
		ProblemDetail problem = this.problems.of(HttpStatus.FAILED_DEPENDENCY, ex.slug());
		problem.setProperty("grant", ex.grant());
		problem.setProperty("delivery", ex.delivery());
		HttpHeaders headers = new HttpHeaders();
		headers.setLocation(ex.location());
		return answer(problem, headers);
	}

	@ExceptionHandler
	ResponseEntity<Object> denied(AccessDeniedException ex) {
		throw ex;
	}

	@ExceptionHandler
	ResponseEntity<Object> refused(RefusedException ex) {
		ResponseEntity.BodyBuilder answer = ResponseEntity.status(ex.status());
		ex.headers().forEach(answer::header);
		return answer.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(this.problems.of(ex.status(), ex.slug(), ex.arguments()));
	}

	/**
	 * A host key that a node showed.
	 */
	record ShownHostKey(String algorithm, String fingerprint) {

		static ShownHostKey of(HostKey shown) {
			return new ShownHostKey(shown.key().algorithm(), shown.key().fingerprint().value());
		}

	}

}
