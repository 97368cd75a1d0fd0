package io.latchkey.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Checks passwords, but only so often for one account and for one address.
 */
class LimitedAuthenticationProvider implements AuthenticationProvider {

	private static final Logger LOGGER = LoggerFactory.getLogger(LimitedAuthenticationProvider.class);

	private static final Duration STRETCH = Duration.ofMinutes(5);

	private static final Duration BETWEEN_WARNINGS = Duration.ofSeconds(10);

	private final AuthenticationProvider passwords;

	private final AttemptLimiter accounts;

	private final AttemptLimiter addresses;

	private final AtomicReference<Instant> warned = new AtomicReference<>(Instant.EPOCH);

	private final Clock clock;

	LimitedAuthenticationProvider(AuthenticationProvider passwords, Clock clock) {
		this.passwords = passwords;
		this.clock = clock;
		this.accounts = new AttemptLimiter(10, STRETCH, clock);
		this.addresses = new AttemptLimiter(30, STRETCH, clock);
	}

	@Override
	public @Nullable Authentication authenticate(Authentication authentication) {
		String account = authentication.getName().toLowerCase(Locale.ROOT);
		String address = address(authentication);
		begin(this.addresses, address, address);
		begin(this.accounts, account, address);
		Authentication result = this.passwords.authenticate(authentication);
		this.addresses.giveBack(address);
		this.accounts.giveBack(account);
		return result;
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

	private void begin(AttemptLimiter limiter, String key, String address) {
		limiter.begin(key).ifPresent((wait) -> {
			warn(address, wait);
			throw new SignInLimitedException(wait);
		});
	}

	private static String address(Authentication authentication) {
		return (authentication.getDetails() instanceof WebAuthenticationDetails details)
				? ClientAddress.of(String.valueOf(details.getRemoteAddress())) : "";
	}

}
