package io.latchkey.security;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import io.latchkey.core.AttemptLimiter;
import org.jspecify.annotations.Nullable;

/**
 * How often passwords may be tried. Nobody can use up the tries of somebody else: an
 * account is counted together with the address. Over all addresses it has a further, slow
 * limit, beyond which an address that hasn't failed yet still has one try; a browser that
 * is known is counted by itself alone.
 */
final class SignInLimits {

	static final int TRIES = 10;

	static final int OF_AN_ADDRESS = 30;

	static final Duration STRETCH = Duration.ofMinutes(5);

	static final int OF_AN_ACCOUNT = 100;

	static final Duration LONG_STRETCH = Duration.ofHours(1);

	private final AttemptLimiter tries;

	private final AttemptLimiter addresses;

	private final AttemptLimiter accounts;

	private final AttemptLimiter firstTries;

	SignInLimits(Clock clock) {
		this.tries = new AttemptLimiter(TRIES, STRETCH, clock);
		this.addresses = new AttemptLimiter(OF_AN_ADDRESS, STRETCH, clock);
		this.accounts = new AttemptLimiter(OF_AN_ACCOUNT, LONG_STRETCH, clock);
		this.firstTries = new AttemptLimiter(1, LONG_STRETCH, clock);
	}

	/**
	 * Counts an attempt, or says how long to wait until the next one.
	 * @param browser the id of the known browser, or null
	 */
	Optional<Duration> begin(String username, String address, @Nullable String browser) {
		if (browser != null) {
			return this.tries.begin(ofBrowser(browser, username));
		}
		return this.addresses.begin(address)
			.or(() -> this.tries.begin(ofAddress(address, username)))
			.or(() -> beginOverAll(username, address));
	}

	/** Gives back an attempt that went well. */
	void giveBack(String username, String address, @Nullable String browser) {
		if (browser != null) {
			this.tries.giveBack(ofBrowser(browser, username));
			return;
		}
		this.addresses.giveBack(address);
		this.tries.giveBack(ofAddress(address, username));
		this.firstTries.giveBack(ofAddress(address, username));
		this.accounts.giveBack(account(username));
	}

	private Optional<Duration> beginOverAll(String username, String address) {
		boolean first = this.firstTries.begin(ofAddress(address, username)).isEmpty();
		Optional<Duration> wait = this.accounts.begin(account(username));
		return first ? Optional.empty() : wait;
	}

	private static String ofAddress(String address, String username) {
		return address + " " + account(username);
	}

	private static String ofBrowser(String browser, String username) {
		return "browser " + browser + " " + account(username);
	}

	private static String account(String username) {
		return username.toLowerCase(Locale.ROOT);
	}

}
