package io.latchkey.api.problem;

import java.util.Objects;

import io.latchkey.core.Contention;
import io.latchkey.core.DatabaseOutage;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Turns what goes wrong before a controller, or without anybody having meant it, into a
 * problem.
 */
abstract class FrameworkProblems extends ResponseEntityExceptionHandler {

	private static final Log LOG = LogFactory.getLog(FrameworkProblems.class);

	private final ProblemTexts problems;

	FrameworkProblems(ProblemTexts problems) {
		this.problems = problems;
	}

	@ExceptionHandler
	ResponseEntity<Object> failed(Exception ex) {
		if (DatabaseOutage.isBehind(ex)) {
			LOG.error("A request failed, for the database cannot be reached: " + ex.getMessage());
			HttpHeaders later = new HttpHeaders();
			later.set(HttpHeaders.RETRY_AFTER, "5");
			return answer(this.problems.of(HttpStatus.SERVICE_UNAVAILABLE, "database-unavailable"), later);
		}
		if (Contention.isBehind(ex)) {
			LOG.warn("A request was given up, for others were writing the same: " + ex.getMessage());
			HttpHeaders soon = new HttpHeaders();
			soon.set(HttpHeaders.RETRY_AFTER, "1");
			return answer(this.problems.of(HttpStatus.SERVICE_UNAVAILABLE, "others-writing"), soon);
		}
		LOG.error("A request failed", ex);
		return answer(this.problems.of(HttpStatus.INTERNAL_SERVER_ERROR, "internal-error"));
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
			HttpRequestMethodNotSupportedException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		String supported = String.join(", ",
				Objects.requireNonNullElse(ex.getSupportedMethods(), new String[] { "none" }));
		return answer(this.problems.of(status, "method-not-allowed", ex.getMethod(), supported), headers);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(HttpMediaTypeNotSupportedException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		return answer(
				this.problems.of(status, "unsupported-media-type", MediaType.toString(ex.getSupportedMediaTypes())),
				headers);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotAcceptable(HttpMediaTypeNotAcceptableException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		return answer(this.problems.of(status, "not-acceptable"), headers);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(NoResourceFoundException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		return answer(this.problems.of(status, "no-such-path", ex.getResourcePath()), headers);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		return answer(this.problems.of(status, "no-body"), headers);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleExceptionInternal(Exception ex, @Nullable Object body,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		if (status.is5xxServerError()) {
			return failed(ex);
		}
		return answer(this.problems.of(status, "bad-request"), headers);
	}

	static ResponseEntity<Object> answer(ProblemDetail problem, HttpHeaders headers) {
		return ResponseEntity.status(problem.getStatus())
			.headers(headers)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(problem);
	}

	static ResponseEntity<Object> answer(ProblemDetail problem) {
		return ResponseEntity.status(problem.getStatus()).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
	}

}
