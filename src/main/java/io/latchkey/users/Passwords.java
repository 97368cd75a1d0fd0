package io.latchkey.users;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.latchkey.core.Fault;
import io.latchkey.core.FreeText;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NotFoundException;
import io.latchkey.secrets.SecretVault;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The users' passwords.
 */
@Service
public class Passwords {

	/** In characters. */
	public static final int SHORTEST = 12;

	/** In characters, so that it fits into the body that strangers may send. */
	public static final int LONGEST = 500;

	private static final int MARK_BYTES = 16;

	private final CommonPasswords common = CommonPasswords.load();

	private final UserRepository users;

	private final PasswordEncoder encoder;

	private final SecretVault vault;

	private final Guesses guesses;

	private final ApplicationEventPublisher events;

	Passwords(UserRepository users, PasswordEncoder encoder, SecretVault vault, Guesses guesses,
			ApplicationEventPublisher events) {
		this.users = users;
		this.encoder = encoder;
		this.vault = vault;
		this.guesses = guesses;
		this.events = events;
	}

	/**
	 * The user's name, or that of the only user where none is given.
	 * @throws NotFoundException when there is no such user
	 * @throws InvalidInputException when a name is needed
	 */
	@Transactional(readOnly = true)
	String user(Optional<String> given) {
		if (given.isPresent()) {
			return this.users.findByUsername(given.get())
				.map((stored) -> stored.user().username())
				.orElseThrow(() -> new NotFoundException("user", given.get()));
		}
		List<String> names = this.users.firstNames(2);
		if (names.size() != 1) {
			throw new InvalidInputException(List.of(Fault.of("user", "user.needed")));
		}
		return names.get(0);
	}

	/**
	 * Sets it, which ends all sessions of the user and forgets all browsers.
	 * @param by the machine's user who does so
	 * @throws InvalidInputException when it is none that is taken
	 * @throws NotFoundException when there is no such user
	 */
	@Transactional
	public void set(String username, String password, String by) {
		check(username, password);
		if (!this.users.changePasswordHash(username, encode(password))) {
			throw new NotFoundException("user", username);
		}
		this.events.publishEvent(new PasswordSet(username, FreeText.oneLine(by)));
	}

	/**
	 * Changes it for its user, which ends all their sessions.
	 * @param old the one that they have
	 * @throws InvalidInputException when that is wrong, or the other none that is taken
	 */
	@Transactional
	public void change(String username, String old, String password) {
		if (!this.guesses.guess(username, "oldPassword", () -> matches(username, old))) {
			throw new InvalidInputException(Fault.of("oldPassword", "password.wrong"));
		}
		check(username, password);
		this.users.changePasswordHash(username, encode(password));
		this.events.publishEvent(new UserEvent(username, UserEvent.Deed.PASSWORD_CHANGED, "by the user"));
	}

	/**
	 * Looks whether it may be theirs.
	 * @throws InvalidInputException when it is none that is taken
	 */
	public void check(String username, String password) {
		int length = password.codePointCount(0, password.length());
		if (length < SHORTEST || length > LONGEST) {
			throw new InvalidInputException(List.of(Fault.of("password", "password.length", SHORTEST, LONGEST)));
		}
		if (password.toLowerCase(Locale.ROOT).contains(username) && length < username.length() + SHORTEST) {
			throw new InvalidInputException(Fault.of("password", "password.name"));
		}
		if (this.common.contains(password)) {
			throw new InvalidInputException(Fault.of("password", "password.common"));
		}
	}

	/**
	 * Another for each user and each change of one, passwords included; tells nothing of
	 * it. Empty when there is no such user, or they may not sign in.
	 */
	@Transactional(readOnly = true)
	public Optional<String> markOf(String username) {
		return credentialsOf(username).map(Credentials::mark);
	}

	/** What a sign-in of that name is checked against; nothing when they may not. */
	Optional<Credentials> credentialsOf(String username) {
		return this.users.findByUsername(username)
			.filter((stored) -> stored.user().status() == UserStatus.ACTIVE)
			.flatMap((stored) -> Optional.ofNullable(stored.passwordHash())
				.map((hash) -> new Credentials(stored.user().username(), hash, mark(stored.user()),
						stored.user().role())));
	}

	/** Whether it is that of the user; nobody has that of a user who isn't there. */
	@Transactional(readOnly = true)
	public boolean matches(String username, String password) {
		return credentialsOf(username).filter((user) -> this.encoder.matches(password, user.passwordHash()))
			.isPresent();
	}

	/** Takes over another hash of the same password. */
	@Transactional
	public void rehash(Credentials before, String hash) {
		this.users.rehash(before.username(), before.passwordHash(), hash);
	}

	private String mark(User user) {
		byte[] whole = this.vault.recognizable("%d:%d".formatted(user.id(), user.version()).getBytes(UTF_8),
				"users:generation:mark");
		return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, MARK_BYTES));
	}

	String encode(String password) {
		String hash = this.encoder.encode(password);
		if (hash == null) {
			throw new IllegalStateException("The password has no hash");
		}
		return hash;
	}

}
