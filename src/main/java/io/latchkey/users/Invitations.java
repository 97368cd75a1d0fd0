package io.latchkey.users;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NotFoundException;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The links by which users choose their passwords. Each user has one at most; only the
 * hash of its text is kept.
 */
@Service
public class Invitations {

	/** How long a link counts. */
	public static final Duration LASTING = Duration.ofDays(3);

	private static final int TEXT_BYTES = 32;

	/** Of a text that anybody sent. */
	private static final int LONGEST = 100;

	private static final SecureRandom RANDOM = new SecureRandom();

	private final UserRepository users;

	private final Passwords passwords;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Invitations(UserRepository users, Passwords passwords, ApplicationEventPublisher events, Clock clock) {
		this.users = users;
		this.passwords = passwords;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Makes another link in place of the one there is; also for who has a password and
	 * lost it, which counts until another is chosen.
	 * @throws NotFoundException when there is no such user
	 * @throws InvalidInputException when the user is disabled
	 */
	@Transactional
	public Invitation renew(String username) {
		User user = this.users.lock(username)
			.map(UserRepository.Stored::user)
			.orElseThrow(() -> new NotFoundException("user", username));
		if (user.status() == UserStatus.DISABLED) {
			throw new InvalidInputException(Fault.of("", "user.disabled", username));
		}
		return make(user, UserEvent.Deed.INVITED_AGAIN, user.role().name());
	}

	/** Ends the link, if there is one. */
	@Transactional
	public void withdraw(String username) {
		if (this.users.withdrawInvitation(username)) {
			this.events.publishEvent(new UserEvent(username, UserEvent.Deed.INVITATION_WITHDRAWN, ""));
		}
	}

	/** Whose password the text lets choose; nothing when it does not count any more. */
	@Transactional(readOnly = true)
	public Optional<User> find(String text) {
		return hash(text).flatMap((hash) -> this.users.findInvited(hash, this.clock.instant()))
			.map(UserRepository.Stored::user);
	}

	/**
	 * Sets the password, and ends the link: of several at once one does so.
	 * @param from the address of whoever does so
	 * @throws InvalidInputException when the password is none that is taken
	 * @return whose it is; nothing when the link does not count any more
	 */
	@Transactional
	public Optional<User> accept(String text, String password, String from) {
		Optional<User> user = find(text);
		if (user.isEmpty()) {
			return user;
		}
		this.passwords.check(user.get().username(), password);
		boolean accepted = hash(text)
			.filter((hash) -> this.users.acceptInvitation(hash, this.passwords.encode(password), this.clock.instant()))
			.isPresent();
		if (!accepted) {
			return Optional.empty();
		}
		this.events
			.publishEvent(new UserEvent(user.get().username(), UserEvent.Deed.INVITATION_ACCEPTED, "from " + from));
		return user;
	}

	Invitation make(User user, UserEvent.Deed deed, String detail) {
		byte[] random = new byte[TEXT_BYTES];
		RANDOM.nextBytes(random);
		String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
		Instant endsAt = this.clock.instant().plus(LASTING).truncatedTo(ChronoUnit.SECONDS);
		this.users.invite(user.username(), hash(text).orElseThrow(), endsAt);
		this.events.publishEvent(new UserEvent(user.username(), deed, "%s; until %s".formatted(detail, endsAt)));
		return new Invitation(this.users.findByUsername(user.username()).map(UserRepository.Stored::user).orElse(user),
				text, endsAt);
	}

	private static Optional<String> hash(String text) {
		return (text.length() <= LONGEST) ? Optional.of(RandomText.hash(text)) : Optional.empty();
	}

}
