package io.latchkey.secrets;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * A known text, sealed in the database: opens under the right master key only.
 */
@Repository
class Canary {

	private static final String CONTEXT = "secret_canary:sealed:1";

	private static final byte[] TEXT = "latchkey".getBytes(StandardCharsets.US_ASCII);

	private final JdbcClient jdbc;

	Canary(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	boolean exists() {
		return sealed().isPresent();
	}

	/**
	 * Seals the canary if there is none, and tells whether the vault opens the one there
	 * is.
	 */
	boolean knows(SecretVault vault) {
		byte[] sealed = sealed().or(() -> {
			insert(vault);
			return sealed();
		}).orElseThrow();
		try {
			vault.open(sealed, CONTEXT);
			return true;
		}
		catch (SecretUnreadableException ex) {
			return false;
		}
	}

	private Optional<byte[]> sealed() {
		return this.jdbc.sql("select sealed from secret_canary where id = 1")
			.query(String.class)
			.optional()
			.map(Base64.getDecoder()::decode);
	}

	private void insert(SecretVault vault) {
		try {
			this.jdbc.sql("insert into secret_canary (id, sealed) values (1, ?)")
				.param(Base64.getEncoder().encodeToString(vault.seal(TEXT, CONTEXT)))
				.update();
		}
		catch (DuplicateKeyException ex) {
			// Another instance was first: its canary is the one to be known.
			return;
		}
	}

}
