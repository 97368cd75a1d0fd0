package io.latchkey.api.limit;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.latchkey.api.ApiProperties;
import io.latchkey.api.Caller;
import io.latchkey.api.problem.RefusedException;
import io.latchkey.api.problem.UnroutedProblems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what a token asks beyond its rate. The count is kept in memory: each instance
 * allows that much. Comes after sign-in, so a stranger uses up nobody's rate.
 */
class RateLimitFilter extends OncePerRequestFilter {

	/** Tokens come and go; a bucket that nobody has used for so long is full again. */
	private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

	private static final int MOST_CALLERS = 10_000;

	private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
		.expireAfterAccess(FORGOTTEN_AFTER)
		.maximumSize(MOST_CALLERS)
		.build();

	private final ApiProperties properties;

	private final UnroutedProblems problems;

	RateLimitFilter(ApiProperties properties, UnroutedProblems problems) {
		this.properties = properties;
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Optional<String> caller = Caller.current();
		if (caller.isEmpty()) {
			chain.doFilter(request, response);
			return;
		}
		ConsumptionProbe probe = this.buckets.get(caller.get(), (name) -> fullBucket()).tryConsumeAndReturnRemaining(1);
		if (probe.isConsumed()) {
			chain.doFilter(request, response);
		}
		else {
			this.problems.answer(request, response, tooMany(probe.getNanosToWaitForRefill()));
		}
	}

	private RefusedException tooMany(long nanos) {
		long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1));
		return new RefusedException(HttpStatus.TOO_MANY_REQUESTS, "too-many-requests",
				Map.of(HttpHeaders.RETRY_AFTER, String.valueOf(seconds)), this.properties.ratePerSecond(), seconds);
	}

	private Bucket fullBucket() {
		return Bucket.builder()
			.addLimit((limit) -> limit.capacity(this.properties.rateBurst())
				.refillGreedy(this.properties.ratePerSecond(), Duration.ofSeconds(1)))
			.build();
	}

}
