package io.latchkey.managementkeys;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.managementkeys.ManagementKey.Holder;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import io.latchkey.secrets.SecretVault;
import io.latchkey.ssh.GeneratedKeyPair;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Latchkey's own keys as they stand in the database, the private halves sealed, each for
 * its own row.
 */
final class ManagementKeyStore {

	private final JdbcClient jdbc;

	private final SecretVault vault;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	ManagementKeyStore(JdbcClient jdbc, SecretVault vault, ApplicationEventPublisher events, Clock clock) {
		this.jdbc = jdbc;
		this.vault = vault;
		this.events = events;
		this.clock = clock;
	}

	/** The usual ones before all others, of each kind the newest first. */
	List<StoredKey> all() {
		return this.jdbc.sql("""
				select id, kind, public_key, private_key, generated_at from management_key
				order by case when kind = 'USUAL' then 0 else 1 end, kind, id desc""")
			.query((row, number) -> new StoredKey(row.getLong(1), ManagementKeyKind.valueOf(row.getString(2)),
					row.getString(3), row.getString(4), row.getTimestamp(5).toInstant()))
			.list();
	}

	/** Keeps others from adding or retiring one until the transaction ends. */
	void lock() {
		this.jdbc.sql("select id from management_key order by id for update").query(Long.class).list();
	}

	/** The id of one that is newer than all. */
	long nextId() {
		return this.jdbc.sql("select coalesce(max(id), 0) + 1 from management_key").query(Long.class).single();
	}

	/** One that the agent holds. */
	void take(long id, ManagementKeyKind kind, PublicKey ofAgent) {
		this.jdbc.sql("insert into management_key (id, kind, public_key, generated_at) values (?, ?, ?, ?)")
			.params(id, kind.name(), ofAgent.render(), Timestamp.from(this.clock.instant()))
			.update();
		this.events.publishEvent(new ManagementKeyTaken(ofAgent.fingerprint()));
	}

	/** One that was made here. */
	void keep(long id, ManagementKeyKind kind, GeneratedKeyPair pair) {
		byte[] privateKey = pair.privateKey();
		byte[] sealed = this.vault.seal(privateKey, context(id));
		Arrays.fill(privateKey, (byte) 0);
		this.jdbc
			.sql("insert into management_key (id, kind, public_key, private_key, generated_at) values (?, ?, ?, ?, ?)")
			.params(id, kind.name(), pair.publicKey().render(), Base64.getEncoder().encodeToString(sealed),
					Timestamp.from(this.clock.instant()))
			.update();
		this.events.publishEvent(new ManagementKeyGenerated(pair.publicKey().fingerprint()));
	}

	/** Its private half goes with it. */
	void forget(ManagementKey key) {
		this.jdbc.sql("delete from management_key where id = ?").param(key.id()).update();
	}

	/** In OpenSSH's format; to be wiped by who asked. */
	byte[] open(StoredKey key) {
		return this.vault.open(Base64.getDecoder().decode(Objects.requireNonNull(key.sealed())), context(key.id()));
	}

	private static String context(long id) {
		return "management_key:private_key:" + id;
	}

	/**
	 * A row as it stands.
	 */
	record StoredKey(long id, ManagementKeyKind kind, String text, @Nullable String sealed, Instant generatedAt) {

		boolean isOfAgent() {
			return this.sealed == null;
		}

		ManagementKey toManagementKey() {
			try {
				return new ManagementKey(this.id, this.kind, PublicKey.parse(this.text), this.generatedAt,
						isOfAgent() ? Holder.AGENT : Holder.LATCHKEY);
			}
			catch (InvalidKeyException ex) {
				throw new IllegalStateException("The stored management key is damaged", ex);
			}
		}

	}

}
