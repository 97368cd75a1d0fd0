package io.latchkey.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * Checks passwords, but only so often.
 */
class LimitedAuthenticationProvider implements AuthenticationProvider {

	private static final Logger LOGGER = LoggerFactory.getLogger(LimitedAuthenticationProvider.class);

	private static final Duration BETWEEN_WARNINGS = Duration.ofSeconds(10);

	private final AuthenticationProvider passwords;

	private final RememberedBrowsers browsers;

	private final FailedSignIns failures;

	private final SignInLimits limits;

	private final AtomicReference<Instant> warned = new AtomicReference<>(Instant.EPOCH);

	private final Clock clock;

	LimitedAuthenticationProvider(AuthenticationProvider passwords, RememberedBrowsers browsers, FailedSignIns failures,
			Clock clock) {
		this.passwords = passwords;
		this.browsers = browsers;
		this.failures = failures;
		this.limits = new SignInLimits(clock);
		this.clock = clock;
	}

	@Override
	public @Nullable Authentication authenticate(Authentication authentication) {
		String username = authentication.getName();
		SignInOrigin origin = origin(authentication);
		String address = origin.address();
		String browser = this.browsers.idOf(username, origin.browser()).orElse(null);
		Optional<Duration> wait = this.limits.begin(username, address, browser);
		if (wait.isPresent()) {
			warn(address, wait.get());
			this.failures.refused(username, address);
			throw new SignInLimitedException(wait.get());
		}
		try {
			Authentication result = this.passwords.authenticate(authentication);
			this.limits.giveBack(username, address, browser);
			return result;
		}
		catch (AuthenticationServiceException ex) {
			// Nobody looked at the password.
			this.limits.giveBack(username, address, browser);
			throw ex;
		}
		catch (AuthenticationException ex) {
			this.failures.failed(username, address);
			throw ex;
		}
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return this.passwords.supports(authentication);
	}

	/** Who goes on trying doesn't fill the log. */
	private void warn(String address, Duration wait) {
		Instant now = this.clock.instant();
		Instant last = this.warned.get();
		if (last != null && !now.isBefore(last.plus(BETWEEN_WARNINGS)) && this.warned.compareAndSet(last, now)) {
			LOGGER.warn("Too many failed sign-ins: those from {} have to wait {}", address, wait);
		}
	}

	private static SignInOrigin origin(Authentication authentication) {
		return (authentication.getDetails() instanceof SignInOrigin origin) ? origin : SignInOrigin.UNKNOWN;
	}

}
