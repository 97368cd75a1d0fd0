package io.latchkey.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.latchkey.core.Fault;
import io.latchkey.core.Faults;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NameInUseException;
import io.latchkey.core.Names;
import io.latchkey.users.Role;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The tokens of the API. Only hashes of their secrets are kept.
 */
@Service
public class ApiTokens {

	/** A token is made for so long at most, or without an end. */
	static final Duration LONGEST = Duration.ofDays(3650);

	private static final Duration LAST_USED_GRAIN = Duration.ofMinutes(1);

	private final ApiTokenRepository repository;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	ApiTokens(ApiTokenRepository repository, ApplicationEventPublisher events, Clock clock) {
		this.repository = repository;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Makes a token.
	 * @param name as {@link Names} has it, unique among the tokens
	 * @param expiresAt from when on it is refused; never when absent
	 * @throws InvalidInputException when the name is malformed, the role is one of people
	 * alone, or the end isn't in the future, or further away than {@link #LONGEST}
	 * @throws NameInUseException when another token has the name
	 */
	@Transactional
	public IssuedToken issue(String name, Role role, @Nullable Instant expiresAt) {
		refuseFaults(name, role, expiresAt);
		String id = TokenText.newId();
		return issue(id, name, role, expiresAt, TokenText.generate(id));
	}

	/**
	 * Takes a token over whose text was chosen by somebody else.
	 */
	@Transactional
	IssuedToken adopt(String name, Role role, TokenText text) {
		return issue(TokenText.newId(), name, role, null, text);
	}

	@Transactional(readOnly = true)
	public List<ApiToken> list() {
		return this.repository.findAll();
	}

	/**
	 * Deletes a token, from now on it is refused. One that isn't there is as good as
	 * deleted.
	 */
	@Transactional
	public void delete(String id) {
		this.repository.findById(id).map(ApiTokenRepository.Stored::token).ifPresent((token) -> {
			if (this.repository.delete(id)) {
				this.events.publishEvent(new TokenDeleted(token));
			}
		});
	}

	/**
	 * The token with that text, or nothing when there is none or it has expired.
	 * @param address from which it came, as {@link ClientAddress} has it
	 */
	@Transactional
	Optional<ApiToken> authenticate(TokenText text, String address) {
		Instant now = this.clock.instant();
		return text.id()
			.flatMap(this.repository::findById)
			.or(() -> this.repository.findBySecretHash(text.hash()))
			.filter((stored) -> text.hasHash(stored.secretHash()))
			.map(ApiTokenRepository.Stored::token)
			.filter((token) -> token.expiresAt() == null || now.isBefore(token.expiresAt()))
			.map((token) -> markUsed(token, now, address));
	}

	private ApiToken markUsed(ApiToken token, Instant now, String address) {
		Instant last = token.lastUsedAt();
		if (last == null || !now.isBefore(last.plus(LAST_USED_GRAIN))) {
			this.repository.markUsed(token.id(), now, now.minus(LAST_USED_GRAIN), address);
		}
		return token;
	}

	private IssuedToken issue(String id, String name, Role role, @Nullable Instant expiresAt, TokenText text) {
		if (this.repository.existsByName(name)) {
			throw new NameInUseException("token", name);
		}
		ApiToken token = new ApiToken(id, name, role, this.clock.instant(), expiresAt, null, null);
		try {
			this.repository.insert(token, text.hash());
		}
		catch (DuplicateKeyException ex) {
			throw new NameInUseException("token", name);
		}
		this.events.publishEvent(new TokenIssued(token));
		return new IssuedToken(token, text.text());
	}

	private void refuseFaults(String name, Role role, @Nullable Instant expiresAt) {
		Faults faults = new Faults();
		faults.name(name);
		if (role == Role.MEMBER) {
			faults.add(Fault.of("role", "token.role"));
		}
		if (expiresAt != null && !expiresAt.isAfter(this.clock.instant())) {
			faults.add(Fault.of("expiresAt", "token.expires-in-the-past"));
		}
		if (expiresAt != null && expiresAt.isAfter(this.clock.instant().plus(LONGEST))) {
			faults.add(Fault.of("expiresAt", "token.expires-too-late", LONGEST.toDays()));
		}
		faults.check();
	}

}
