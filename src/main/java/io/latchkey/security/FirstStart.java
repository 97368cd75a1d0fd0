package io.latchkey.security;

import java.security.SecureRandom;
import java.util.stream.Collectors;

import io.latchkey.core.InvalidInputException;
import io.latchkey.core.StartRefusedException;
import io.latchkey.users.Passwords;
import io.latchkey.users.Role;
import io.latchkey.users.Users;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.StringUtils;

/**
 * Makes the first user and, if asked to, the first token, before any request is taken.
 */
@Component
class FirstStart implements SmartInitializingSingleton {

	static final String ADMIN = "admin";

	static final String BOOTSTRAP = "bootstrap";

	private static final Logger LOGGER = LoggerFactory.getLogger(FirstStart.class);

	private static final int LEAST_TOKEN_LENGTH = 32;

	private static final String LEGIBLE = "abcdefghijkmnpqrstuvwxyz23456789";

	private final FirstStartProperties properties;

	private final Users users;

	private final ApiTokens tokens;

	private final ApiTokenRepository tokenRepository;

	private final Passwords passwords;

	private final TransactionOperations transactions;

	FirstStart(FirstStartProperties properties, Users users, Passwords passwords, ApiTokens tokens,
			ApiTokenRepository tokenRepository, TransactionOperations transactions) {
		this.properties = properties;
		this.users = users;
		this.tokens = tokens;
		this.tokenRepository = tokenRepository;
		this.passwords = passwords;
		this.transactions = transactions;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.users.isEmpty()) {
			begin();
		}
		else {
			tellWhatIsIgnored();
		}
	}

	private void begin() {
		String given = text(this.properties.adminPassword());
		if (given != null) {
			check(given);
		}
		TokenText bootstrap = bootstrapToken();
		String password = (given != null) ? given : madeUpPassword();
		try {
			this.transactions.executeWithoutResult((status) -> store(password, bootstrap));
		}
		catch (DuplicateKeyException ex) {
			LOGGER.info("Another instance made the first user at the same time");
			return;
		}
		if (given == null) {
			LOGGER.warn("First start: sign in as '{}' with the password {} (shown this once)", ADMIN, password);
		}
		else {
			LOGGER.info("First start: sign in as '{}' with the password from LATCHKEY_ADMIN_PASSWORD", ADMIN);
		}
	}

	private void check(String password) {
		try {
			this.passwords.check(ADMIN, password);
		}
		catch (InvalidInputException ex) {
			throw new StartRefusedException(
					("LATCHKEY_ADMIN_PASSWORD (latchkey.admin-password) is not taken: %d to %d characters were expected, "
							+ "without the user's name, and none of the passwords that everybody tries first.")
						.formatted(Passwords.SHORTEST, Passwords.LONGEST),
					"Set another one, or unset it to have one made up and logged.");
		}
	}

	private void store(String password, @Nullable TokenText bootstrap) {
		this.users.create(ADMIN, password, Role.ADMIN);
		if (bootstrap == null) {
			return;
		}
		if (this.tokenRepository.existsByName(BOOTSTRAP)) {
			LOGGER.info("LATCHKEY_BOOTSTRAP_TOKEN is ignored: there is a token '{}' already", BOOTSTRAP);
			return;
		}
		this.tokens.adopt(BOOTSTRAP, Role.ADMIN, bootstrap);
	}

	private @Nullable TokenText bootstrapToken() {
		String given = text(this.properties.bootstrapToken());
		if (given == null) {
			return null;
		}
		if (given.codePointCount(0, given.length()) < LEAST_TOKEN_LENGTH) {
			throw new StartRefusedException(
					("LATCHKEY_BOOTSTRAP_TOKEN (latchkey.bootstrap-token) is too short: at least %d characters were "
							+ "expected.")
						.formatted(LEAST_TOKEN_LENGTH),
					"Make one with: openssl rand -hex 32");
		}
		if (!given.equals(given.strip()) || given.chars().anyMatch(Character::isISOControl)) {
			throw new StartRefusedException(
					"LATCHKEY_BOOTSTRAP_TOKEN (latchkey.bootstrap-token) begins or ends with a space or holds a "
							+ "control character, and so cannot be sent in a header.",
					"Make one with: openssl rand -hex 32");
		}
		return new TokenText(given);
	}

	private void tellWhatIsIgnored() {
		String password = text(this.properties.adminPassword());
		if (password != null && !this.passwords.matches(ADMIN, password)) {
			LOGGER.info("LATCHKEY_ADMIN_PASSWORD is ignored: it counts at the first start only");
		}
		String token = text(this.properties.bootstrapToken());
		if (token != null && this.tokenRepository.findBySecretHash(new TokenText(token).hash()).isEmpty()) {
			LOGGER.info("LATCHKEY_BOOTSTRAP_TOKEN is ignored: it counts at the first start only");
		}
	}

	private static @Nullable String text(@Nullable String value) {
		return StringUtils.hasLength(value) ? value : null;
	}

	private static String madeUpPassword() {
		return new SecureRandom().ints(24, 0, LEGIBLE.length())
			.mapToObj((index) -> String.valueOf(LEGIBLE.charAt(index)))
			.collect(Collectors.joining());
	}

}
