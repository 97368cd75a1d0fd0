package io.latchkey.users;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NotFoundException;
import io.latchkey.secrets.SecretVault;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The second factors of the users. The secrets are sealed, of recovery codes hashes are
 * kept, and each code counts once.
 */
@Service
public class SecondFactors {

	/** The clocks of authenticators are that many steps off at most. */
	private static final int DRIFT = 1;

	private static final SecureRandom RANDOM = new SecureRandom();

	private final SecondFactorRepository factors;

	private final Users users;

	private final SecretVault vault;

	private final Guesses guesses;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	SecondFactors(SecondFactorRepository factors, Users users, SecretVault vault, Guesses guesses,
			ApplicationEventPublisher events, Clock clock) {
		this.factors = factors;
		this.users = users;
		this.vault = vault;
		this.guesses = guesses;
		this.events = events;
		this.clock = clock;
	}

	/** Whether sign-in asks for one. */
	@Transactional(readOnly = true)
	public boolean isAskedOf(String username) {
		return find(username).filter(SecondFactor::confirmed).isPresent();
	}

	@Transactional(readOnly = true)
	public Optional<SecondFactor> find(String username) {
		return this.users.find(username)
			.flatMap((user) -> this.factors.find(user.id()))
			.map(SecondFactorRepository.Stored::factor);
	}

	/** Makes a secret, which counts once a code of it was shown. */
	@Transactional
	public void begin(String username) {
		User user = this.users.get(username);
		if (this.factors.find(user.id()).isEmpty()) {
			byte[] secret = new byte[Totp.SECRET_BYTES];
			RANDOM.nextBytes(secret);
			this.factors.insert(user.id(), this.vault.seal(secret, context(user)), this.clock.instant());
		}
	}

	/**
	 * The secret of one that isn't confirmed yet, in Base32; nothing of others.
	 */
	@Transactional(readOnly = true)
	public Optional<String> pendingSecret(String username) {
		User user = this.users.get(username);
		return this.factors.find(user.id())
			.filter((stored) -> !stored.factor().confirmed())
			.map((stored) -> Base32.encode(this.vault.open(stored.sealedSecret(), context(user))));
	}

	/**
	 * Counts from now on.
	 * @return the recovery codes, which are shown this once
	 * @throws InvalidInputException when the code is not the one that the authenticator
	 * shows
	 */
	@Transactional
	public List<String> confirm(String username, String code) {
		User user = this.users.get(username);
		OptionalLong step = this.factors.find(user.id())
			.map((stored) -> stepOf(user, stored, code))
			.orElse(OptionalLong.empty());
		if (step.isEmpty() || !this.factors.confirm(user.id(), step.getAsLong())) {
			throw new InvalidInputException(Fault.of("code", "code.wrong"));
		}
		List<String> codes = RecoveryCodes.generate();
		this.factors.addRecoveryCodes(user.id(), codes.stream().map(RecoveryCodes::hash).toList());
		publish(username, UserEvent.Deed.SECOND_FACTOR_ADDED, "an authenticator");
		return codes;
	}

	/**
	 * Whether the code is right and unused; then it is used.
	 * @throws InvalidInputException when there were too many wrong ones
	 */
	@Transactional
	public boolean check(String username, String code) {
		return this.guesses.guess(username, "code", () -> isRight(username, code));
	}

	private boolean isRight(String username, String code) {
		Optional<User> user = this.users.find(username);
		return user.flatMap((found) -> this.factors.find(found.id()))
			.filter((stored) -> stored.factor().confirmed() && isRight(user.get(), stored, code))
			.isPresent();
	}

	/**
	 * Takes it away for the user, who shows a code of it.
	 * @throws InvalidInputException when that is wrong
	 */
	@Transactional
	public void remove(String username, String code) {
		if (!check(username, code)) {
			throw new InvalidInputException(Fault.of("code", "code.wrong"));
		}
		takeAway(username);
	}

	/**
	 * Takes another's away, which ends their sessions.
	 * @throws NotFoundException when there is no such user
	 */
	@Transactional
	public void takeAway(String username) {
		User user = this.users.get(username);
		if (this.factors.delete(user.id())) {
			this.users.endSessions(username);
			publish(username, UserEvent.Deed.SECOND_FACTOR_REMOVED, "the authenticator and its recovery codes");
		}
	}

	private boolean isRight(User user, SecondFactorRepository.Stored stored, String code) {
		OptionalLong step = stepOf(user, stored, code);
		if (step.isPresent()) {
			return this.factors.use(user.id(), step.getAsLong());
		}
		boolean used = this.factors.useRecoveryCode(user.id(), RecoveryCodes.hash(code));
		if (used) {
			publish(user.username(), UserEvent.Deed.RECOVERY_CODE_USED,
					"%d are left".formatted(stored.factor().codesLeft() - 1));
		}
		return used;
	}

	private OptionalLong stepOf(User user, SecondFactorRepository.Stored stored, String code) {
		String digits = code.replaceAll("\\s", "");
		byte[] secret = this.vault.open(stored.sealedSecret(), context(user));
		long now = Totp.stepAt(this.clock.instant());
		return LongStream.rangeClosed(now - DRIFT, now + DRIFT)
			.filter((step) -> Totp.code(secret, step).equals(digits))
			.findFirst();
	}

	private void publish(String username, UserEvent.Deed deed, String detail) {
		this.events.publishEvent(new UserEvent(username, deed, detail));
	}

	private static String context(User user) {
		return "second_factor:secret:" + user.id();
	}

}
