package io.latchkey.api.idempotency;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.latchkey.api.Caller;
import io.latchkey.api.body.BodyTooLargeException;
import io.latchkey.api.problem.RefusedException;
import io.latchkey.api.problem.UnroutedProblems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Gives a {@code POST} with an {@code Idempotency-Key} that was answered before its first
 * answer again. An answer of 5xx is not kept: nothing came of that request, and it may be
 * tried again.
 */
class IdempotencyFilter extends OncePerRequestFilter {

	private static final String HEADER = "Idempotency-Key";

	private static final String KEY_FORM = "[\\x20-\\x7e]{1,255}";

	private static final List<String> KEPT_HEADERS = List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.LOCATION,
			HttpHeaders.ETAG, HttpHeaders.ALLOW, HttpHeaders.ACCEPT);

	private final FirstAnswers answers;

	private final UnroutedProblems problems;

	IdempotencyFilter(FirstAnswers answers, UnroutedProblems problems) {
		this.answers = answers;
		this.problems = problems;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return request.getHeader(HEADER) == null || !HttpMethod.POST.matches(request.getMethod());
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Optional<String> caller = Caller.current();
		if (caller.isEmpty()) {
			chain.doFilter(request, response);
			return;
		}
		try {
			IdempotencyKey key = new IdempotencyKey(caller.get(), wellFormed(request.getHeader(HEADER)));
			answer(key, new RepeatableRequest(request), response, chain);
		}
		catch (RefusedException | BodyTooLargeException ex) {
			this.problems.answer(request, response, ex);
		}
	}

	private void answer(IdempotencyKey key, RepeatableRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Claim claim = this.answers.claim(key, request.digest());
		if (claim instanceof Claim.First first) {
			carryOut(key, first, request, response, chain);
		}
		else if (claim instanceof Claim.Repeated repeated) {
			if (repeated.answer().wasGivenOnce()) {
				throw new RefusedException(HttpStatus.CONFLICT, "given-once", Map.of());
			}
			repeat(repeated.answer(), response);
		}
		else if (claim instanceof Claim.InProgress) {
			throw new RefusedException(HttpStatus.CONFLICT, "request-in-progress",
					Map.of(HttpHeaders.RETRY_AFTER, "1"));
		}
		else if (claim instanceof Claim.TooMany tooMany) {
			throw new RefusedException(HttpStatus.TOO_MANY_REQUESTS, "too-many-answers",
					Map.of(HttpHeaders.RETRY_AFTER, "600"), tooMany.most());
		}
		else {
			throw new RefusedException(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key-reused", Map.of());
		}
	}

	private void carryOut(IdempotencyKey key, Claim.First claim, RepeatableRequest request,
			HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
		ContentCachingResponseWrapper kept = new ContentCachingResponseWrapper(response);
		boolean answered = false;
		try {
			chain.doFilter(request, kept);
			answered = kept.getStatus() < HttpStatus.INTERNAL_SERVER_ERROR.value();
		}
		finally {
			if (!answered) {
				this.answers.release(key, claim);
			}
		}
		if (answered) {
			this.answers.keep(key, claim, toBeKept(request, kept));
		}
		kept.copyBodyToResponse();
	}

	/** A refusal holds no secret. */
	private static FirstAnswer toBeKept(HttpServletRequest request, ContentCachingResponseWrapper answer) {
		boolean refused = answer.getStatus() >= HttpStatus.BAD_REQUEST.value();
		return (GivenOnce.isMarked(request) && !refused) ? FirstAnswer.givenOnce()
				: new FirstAnswer(answer.getStatus(), headers(answer), answer.getContentAsByteArray());
	}

	private static Map<String, List<String>> headers(HttpServletResponse response) {
		Map<String, List<String>> headers = new LinkedHashMap<>();
		for (String name : KEPT_HEADERS) {
			if (response.containsHeader(name)) {
				headers.put(name, List.copyOf(response.getHeaders(name)));
			}
		}
		return headers;
	}

	private static void repeat(FirstAnswer answer, HttpServletResponse response) throws IOException {
		response.setStatus(answer.status());
		answer.headers().forEach((name, values) -> values.forEach((value) -> response.addHeader(name, value)));
		response.setContentLength(answer.body().length);
		response.getOutputStream().write(answer.body());
	}

	private static String wellFormed(String key) {
		if (!key.strip().matches(KEY_FORM)) {
			throw new RefusedException(HttpStatus.BAD_REQUEST, "malformed-idempotency-key", Map.of());
		}
		return key.strip();
	}

}
