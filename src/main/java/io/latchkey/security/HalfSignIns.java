package io.latchkey.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.latchkey.secrets.SecretVault;
import io.latchkey.secrets.Signer;
import io.latchkey.users.Credentials;
import io.latchkey.users.Users;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Component;

/**
 * Who has shown the right password and has yet to show a code: known by a signed cookie
 * {@code <end in seconds since 1970> <mark> <user>}, for nothing is kept on the server of
 * whoever isn't signed in. The mark is the user's, so that a change of the user ends it.
 */
@Component
class HalfSignIns {

	static final String COOKIE = "latchkey-half";

	static final Duration LONGEST = Duration.ofMinutes(5);

	private static final int LONGEST_COOKIE = 300;

	private static final int PARTS = 3;

	private final Signer signer;

	private final Users users;

	private final SiteCookies cookies;

	private final Clock clock;

	HalfSignIns(SecretVault vault, Users users, SiteCookies cookies, Clock clock) {
		this.signer = vault.signer("half-sign-in");
		this.users = users;
		this.cookies = cookies;
		this.clock = clock;
	}

	void begin(SignInUser user, HttpServletRequest request, HttpServletResponse response) {
		String value = String.join(" ", Long.toString(this.clock.instant().plus(LONGEST).getEpochSecond()),
				user.passwordMark(), user.getUsername());
		this.cookies.write(request, response, COOKIE, this.signer.sign(value), LONGEST);
	}

	void end(HttpServletRequest request, HttpServletResponse response) {
		this.cookies.write(request, response, COOKIE, "", Duration.ZERO);
	}

	/** Whose password was right just now, unless that was too long ago. */
	Optional<SignInUser> of(HttpServletRequest request) {
		String cookie = this.cookies.read(request, COOKIE, LONGEST_COOKIE);
		return Optional.ofNullable(cookie)
			.flatMap(this.signer::open)
			.map((text) -> text.split(" ", PARTS))
			.filter((parts) -> parts.length == PARTS
					&& this.clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(parts[0]))))
			.flatMap((parts) -> this.users.credentialsOf(parts[2]).filter((user) -> user.mark().equals(parts[1])))
			.map(HalfSignIns::user);
	}

	private static SignInUser user(Credentials user) {
		return new SignInUser(user.username(), "", user.mark(), Authorities.of(user.role()));
	}

}
