package io.latchkey.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * A known text, sealed in the database under the first data key. Its one row is also what
 * instances that start at once wait for each other by. That of an earlier version opens
 * under the outer key.
 */
@Repository
class Canary {

	private static final byte[] CONTEXT = "secret_canary:sealed:1".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] TEXT = "latchkey".getBytes(StandardCharsets.US_ASCII);

	private final JdbcClient jdbc;

	Canary(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Optional<byte[]> sealed() {
		return this.jdbc.sql("select sealed from secret_canary where id = 1")
			.query(String.class)
			.optional()
			.map(Base64.getDecoder()::decode);
	}

	static boolean opens(byte[] sealed, SymmetricKey key) {
		try {
			key.aead().decrypt(sealed, CONTEXT);
			return true;
		}
		catch (GeneralSecurityException ex) {
			return false;
		}
	}

	/** Where there is none yet; whoever comes second waits, and finds it. */
	void keep(SymmetricKey key) {
		boolean isThere = this.jdbc.sql("select id from secret_canary where id = 1 for update")
			.query(Long.class)
			.optional()
			.isPresent();
		if (!isThere) {
			this.jdbc.sql("insert into secret_canary (id, sealed) values (1, ?)")
				.param(Base64.getEncoder().encodeToString(seal(key)))
				.update();
		}
	}

	private static byte[] seal(SymmetricKey key) {
		try {
			return key.aead().encrypt(TEXT, CONTEXT);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Could not seal the canary", ex);
		}
	}

}
