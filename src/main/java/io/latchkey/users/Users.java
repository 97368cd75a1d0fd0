package io.latchkey.users;

import java.time.Clock;
import java.util.Optional;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The people who sign in.
 */
@Service
public class Users {

	private final UserRepository repository;

	private final Passwords passwords;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Users(UserRepository repository, Passwords passwords, ApplicationEventPublisher events, Clock clock) {
		this.repository = repository;
		this.passwords = passwords;
		this.events = events;
		this.clock = clock;
	}

	/** Whether there is none. */
	@Transactional(readOnly = true)
	public boolean isEmpty() {
		return this.repository.isEmpty();
	}

	/**
	 * Makes a user.
	 * @throws org.springframework.dao.DuplicateKeyException when another has the name
	 */
	@Transactional
	public void create(String username, String password, Role role) {
		this.repository.insert(new UserRepository.Stored(username, this.passwords.encode(password), role),
				this.clock.instant());
		this.events.publishEvent(new UserCreated(username, role));
	}

	/** What a sign-in of that name is checked against. */
	@Transactional(readOnly = true)
	public Optional<Credentials> credentialsOf(String username) {
		return this.repository.findByUsername(username)
			.map((user) -> new Credentials(user.username(), user.passwordHash(),
					this.passwords.mark(user.passwordHash()), user.role()));
	}

}
