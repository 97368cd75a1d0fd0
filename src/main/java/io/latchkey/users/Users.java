package io.latchkey.users;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NameInUseException;
import io.latchkey.core.NotFoundException;
import io.latchkey.core.VersionConflictException;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The people who sign in. Each change ends the sessions of the user, and the last admin
 * who may sign in stays one.
 */
@Service
public class Users {

	private static final String KIND = "user";

	private final UserRepository repository;

	private final Passwords passwords;

	private final Invitations invitations;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Users(UserRepository repository, Passwords passwords, Invitations invitations, ApplicationEventPublisher events,
			Clock clock) {
		this.repository = repository;
		this.passwords = passwords;
		this.invitations = invitations;
		this.events = events;
		this.clock = clock;
	}

	/** Whether there is none. */
	@Transactional(readOnly = true)
	public boolean isEmpty() {
		return this.repository.isEmpty();
	}

	/** By name. */
	@Transactional(readOnly = true)
	public List<User> list() {
		return this.repository.findAll().stream().map(UserRepository.Stored::user).toList();
	}

	@Transactional(readOnly = true)
	public Optional<User> find(String username) {
		return this.repository.findByUsername(username).map(UserRepository.Stored::user);
	}

	/**
	 * @throws NotFoundException when there is none
	 */
	@Transactional(readOnly = true)
	public User get(String username) {
		return find(username).orElseThrow(() -> new NotFoundException(KIND, username));
	}

	/** What a sign-in of that name is checked against; nothing when they may not. */
	@Transactional(readOnly = true)
	public Optional<Credentials> credentialsOf(String username) {
		return this.passwords.credentialsOf(username);
	}

	/**
	 * Makes a user with a password.
	 * @throws DuplicateKeyException when another has the name
	 */
	@Transactional
	public void create(String username, String password, Role role) {
		this.repository.insert(new UserDraft(username, role, null, null, null), this.passwords.encode(password),
				this.clock.instant());
		this.events.publishEvent(new UserCreated(username, role));
	}

	/**
	 * Makes a user, and the link by which they choose their password.
	 * @throws NameInUseException when another has the name
	 */
	@Transactional
	public Invitation invite(UserDraft given) {
		UserDraft draft = checked(given);
		if (this.repository.findByUsername(draft.username()).isPresent()) {
			throw new NameInUseException(KIND, draft.username());
		}
		try {
			this.repository.insert(draft, null, this.clock.instant());
		}
		catch (DuplicateKeyException ex) {
			throw new NameInUseException(KIND, draft.username());
		}
		return this.invitations.make(get(draft.username()), UserEvent.Deed.INVITED, said(draft));
	}

	/**
	 * @param expectedVersion null for any
	 * @throws VersionConflictException when it is not of the expected version
	 * @throws InvalidInputException when no admin would be left
	 */
	@Transactional
	public User change(UserDraft given, @Nullable Long expectedVersion) {
		UserDraft draft = checked(given);
		User before = lock(draft.username());
		if (expectedVersion != null && expectedVersion != before.version()) {
			throw new VersionConflictException(KIND, draft.username());
		}
		UserDraft now = new UserDraft(before.username(), before.role(), before.identity(), before.displayName(),
				before.email());
		if (now.equals(draft)) {
			return before;
		}
		if (draft.role() != Role.ADMIN) {
			keepAnAdmin(before);
		}
		this.repository.update(draft);
		publish(before, UserEvent.Deed.CHANGED, difference(now, draft));
		return get(draft.username());
	}

	/**
	 * Ends their sessions and their invitation, until they are enabled again.
	 * @throws InvalidInputException when no admin would be left
	 */
	@Transactional
	public User disable(String username) {
		User user = lock(username);
		if (user.status() == UserStatus.DISABLED) {
			return user;
		}
		keepAnAdmin(user);
		this.repository.disable(username);
		publish(user, UserEvent.Deed.DISABLED, user.role().name());
		return get(username);
	}

	@Transactional
	public User enable(String username) {
		User user = lock(username);
		if (user.status() == UserStatus.DISABLED) {
			this.repository.enable(username);
			publish(user, UserEvent.Deed.ENABLED, user.role().name());
		}
		return get(username);
	}

	/**
	 * Deletes one; who isn't there is as good as deleted.
	 * @throws InvalidInputException when no admin would be left
	 */
	@Transactional
	public void delete(String username) {
		if (find(username).isEmpty()) {
			return;
		}
		User user = lock(username);
		keepAnAdmin(user);
		this.repository.delete(username);
		publish(user, UserEvent.Deed.DELETED,
				said(new UserDraft(username, user.role(), user.identity(), user.displayName(), user.email())));
	}

	/** Of an identity that is about to be deleted. */
	@Transactional
	void untie(long identity) {
		for (UserRepository.Stored tied : this.repository.findTiedTo(identity)) {
			this.repository.untie(tied.user().username());
			publish(tied.user(), UserEvent.Deed.CHANGED,
					"identity %s → none, for it was deleted".formatted(tied.user().identity()));
		}
	}

	/** Has them sign in again. */
	void endSessions(String username) {
		this.repository.endSessions(username);
	}

	/** Notes that they signed in just now. */
	@Transactional
	public void signedIn(String username) {
		this.repository.signedIn(username, this.clock.instant());
	}

	/** The admins first, so that nobody waits for one who waits for them. */
	private User lock(String username) {
		this.repository.lockAdmins();
		return this.repository.lock(username)
			.map(UserRepository.Stored::user)
			.orElseThrow(() -> new NotFoundException(KIND, username));
	}

	private void keepAnAdmin(User leaving) {
		if (leaving.isAdmin() && this.repository.countEnabledAdmins() < 2) {
			throw new InvalidInputException(Fault.of("", "user.last-admin", leaving.username()));
		}
	}

	private UserDraft checked(UserDraft given) {
		UserDraft draft = given.trimmed();
		draft.check();
		String identity = draft.identity();
		if (identity != null && !this.repository.hasIdentity(identity)) {
			throw new InvalidInputException(Fault.of("identity", "identity.unknown", identity));
		}
		return draft;
	}

	private static String said(UserDraft draft) {
		return (draft.identity() != null) ? draft.role() + ", identity " + draft.identity() : draft.role().name();
	}

	private static String difference(UserDraft before, UserDraft after) {
		List<String> words = new ArrayList<>();
		note(words, "role", before.role(), after.role());
		note(words, "identity", before.identity(), after.identity());
		note(words, "display name", before.displayName(), after.displayName());
		note(words, "email", before.email(), after.email());
		return String.join("; ", words);
	}

	private static void note(List<String> words, String what, @Nullable Object before, @Nullable Object after) {
		if (!Objects.equals(before, after)) {
			words.add(
					"%s %s → %s".formatted(what, (before != null) ? before : "none", (after != null) ? after : "none"));
		}
	}

	private void publish(User user, UserEvent.Deed deed, String detail) {
		this.events.publishEvent(new UserEvent(user.username(), deed, detail));
	}

}
