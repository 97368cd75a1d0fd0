package io.latchkey.users;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
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

	private final UserRepository users;

	private final PasswordEncoder encoder;

	private final SecretVault vault;

	private final ApplicationEventPublisher events;

	Passwords(UserRepository users, PasswordEncoder encoder, SecretVault vault, ApplicationEventPublisher events) {
		this.users = users;
		this.encoder = encoder;
		this.vault = vault;
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
				.map(UserRepository.Stored::username)
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
	 * @throws InvalidInputException when it is too short or too long
	 * @throws NotFoundException when there is no such user
	 */
	@Transactional
	public void set(String username, String password, String by) {
		int length = password.codePointCount(0, password.length());
		if (length < SHORTEST || length > LONGEST) {
			throw new InvalidInputException(List.of(Fault.of("password", "password.length", SHORTEST, LONGEST)));
		}
		if (!this.users.changePasswordHash(username, encode(password))) {
			throw new NotFoundException("user", username);
		}
		this.events.publishEvent(new PasswordSet(username, FreeText.oneLine(by)));
	}

	/**
	 * Another for each password and each time that one is set; tells nothing of it. Empty
	 * when there is no such user.
	 */
	@Transactional(readOnly = true)
	public Optional<String> markOf(String username) {
		return this.users.findByUsername(username).map((user) -> mark(user.passwordHash()));
	}

	/** Whether it is that of the user; nobody has that of a user who isn't there. */
	@Transactional(readOnly = true)
	public boolean matches(String username, String password) {
		return this.users.findByUsername(username)
			.filter((user) -> this.encoder.matches(password, user.passwordHash()))
			.isPresent();
	}

	/** The same of a hash that was read before. */
	String mark(String hash) {
		byte[] whole = this.vault.recognizable(hash.getBytes(StandardCharsets.UTF_8), "users:password_hash:mark");
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
