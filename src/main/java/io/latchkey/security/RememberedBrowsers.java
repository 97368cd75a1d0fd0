package io.latchkey.security;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

import io.latchkey.secrets.SecretVault;
import io.latchkey.secrets.Signer;
import io.latchkey.users.Passwords;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Knows the browsers from which somebody has signed in, by a signed cookie
 * {@code <id> <end in seconds since 1970> <mark> <user>}: what strangers do doesn't count
 * against them. The mark is of the user's password, so that another password ends it. It
 * lets nobody in.
 */
@Component
class RememberedBrowsers {

	static final String COOKIE = "latchkey-browser";

	static final Duration KEPT = Duration.ofDays(90);

	private static final int LONGEST = 500;

	private static final int PARTS = 4;

	private static final int ID_BYTES = 12;

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

	private final Signer signer;

	private final Passwords passwords;

	private final SiteCookies cookies;

	private final Clock clock;

	RememberedBrowsers(SecretVault vault, Passwords passwords, SiteCookies cookies, Clock clock) {
		this.signer = vault.signer("remembered-browser");
		this.passwords = passwords;
		this.cookies = cookies;
		this.clock = clock;
	}

	/** Each sign-in gives the browser another id. */
	void remember(SignInUser user, HttpServletRequest request, HttpServletResponse response) {
		byte[] id = new byte[ID_BYTES];
		RANDOM.nextBytes(id);
		String until = Long.toString(this.clock.instant().plus(KEPT).getEpochSecond());
		String value = String.join(" ", ENCODER.encodeToString(id), until, user.passwordMark(), user.getUsername());
		this.cookies.write(request, response, COOKIE, this.signer.sign(value), KEPT);
	}

	SignInOrigin originOf(HttpServletRequest request) {
		return new SignInOrigin(ClientAddress.of(request.getRemoteAddr()), this.cookies.read(request, COOKIE, LONGEST));
	}

	/**
	 * The id of the browser, when that user has signed in from it and it still counts.
	 */
	Optional<String> idOf(String username, @Nullable String cookie) {
		if (cookie == null) {
			return Optional.empty();
		}
		return this.signer.open(cookie)
			.map((text) -> text.split(" ", PARTS))
			.filter((parts) -> parts.length == PARTS && parts[3].equals(username))
			.filter((parts) -> this.clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(parts[1]))))
			.filter((parts) -> this.passwords.markOf(username).filter((mark) -> mark.equals(parts[2])).isPresent())
			.map((parts) -> parts[0]);
	}

}
