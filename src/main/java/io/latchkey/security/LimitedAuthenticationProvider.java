package io.latchkey.security;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

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

	private final AuthenticationProvider passwords;

	private final AttemptLimiter accounts;

	private final AttemptLimiter addresses;

	LimitedAuthenticationProvider(AuthenticationProvider passwords, Clock clock) {
		this.passwords = passwords;
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

	private static void begin(AttemptLimiter limiter, String key, String address) {
		limiter.begin(key).ifPresent((wait) -> {
			LOGGER.warn("Too many failed sign-ins: those from {} have to wait {}", address, wait);
			throw new SignInLimitedException(wait);
		});
	}

	private static String address(Authentication authentication) {
		return (authentication.getDetails() instanceof WebAuthenticationDetails details)
				? ClientAddress.of(String.valueOf(details.getRemoteAddress())) : "";
	}

}
