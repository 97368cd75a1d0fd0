package io.latchkey.transport;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.KeyPairKind;
import io.latchkey.openssh.PublicKey;
import io.latchkey.secrets.SecretVault;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Latchkey's own key pair, with which it logs in to the nodes. Made at first use; the
 * private half is sealed at rest and never leaves this package. While a rotation is under
 * way there is the newest, and the one before it for nodes that have not moved yet.
 */
@Component
public class ManagementKeys {

	/** Of the first; the primary key holds that when two instances start at once. */
	private static final long FIRST = 1;

	private static final String COMMENT = "latchkey";

	private final JdbcClient jdbc;

	private final SecretVault vault;

	private final TransactionTemplate ownTransaction;

	private final ApplicationEventPublisher events;

	private final ManagementKeyProperties properties;

	private final Clock clock;

	public ManagementKeys(JdbcClient jdbc, SecretVault vault, PlatformTransactionManager transactions,
			ApplicationEventPublisher events, ManagementKeyProperties properties, Clock clock) {
		this.jdbc = jdbc;
		this.vault = vault;
		this.ownTransaction = new TransactionTemplate(transactions);
		this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.events = events;
		this.properties = properties;
		this.clock = clock;
	}

	/** The newest: what new nodes get. */
	public PublicKey publicKey() {
		return all().get(0).publicKey();
	}

	/** What to put into the management account's {@code authorized_keys}. */
	public String authorizedKeysLine() {
		return authorizedKeysLine(publicKey());
	}

	/** The same of one of them. */
	public String authorizedKeysLine(PublicKey key) {
		return this.properties.options() + key.render() + " " + COMMENT;
	}

	/**
	 * The newest first. There is one, or more while a rotation is under way.
	 */
	public List<ManagementKey> all() {
		return stored().stream().map(StoredKey::toManagementKey).toList();
	}

	/**
	 * Makes another beside those that there are, in the transaction at hand.
	 * @return nothing when there are more than one already
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Optional<ManagementKey> addNewest() {
		stored();
		lock();
		List<StoredKey> before = find();
		if (before.size() > 1) {
			return Optional.empty();
		}
		generate(before.get(0).id() + 1);
		return Optional.of(find().get(0).toManagementKey());
	}

	/** Keeps others from adding or retiring one until the transaction ends. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void lock() {
		this.jdbc.sql("select id from management_key order by id for update").query(Long.class).list();
	}

	/**
	 * Forgets all but the newest, and their private halves with them.
	 * @return those that there were
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public List<ManagementKey> retireOlder() {
		List<ManagementKey> all = all();
		this.jdbc.sql("delete from management_key where id < ?").param(all.get(0).id()).update();
		return all.subList(1, all.size());
	}

	/** Of the newest, in OpenSSH's format; to be wiped by who asked. */
	byte[] privateKey() {
		return open(stored().get(0));
	}

	/** The newest first, in OpenSSH's format; to be wiped by who asked. */
	List<byte[]> privateKeys(Secret.ManagementKey wanted) {
		List<StoredKey> all = stored();
		List<StoredKey> found = all.stream().filter((key) -> wanted.only().contains(key.id())).toList();
		// of those that are wanted none may be left, when a rotation has just ended
		return (found.isEmpty() ? all : found).stream().map(this::open).toList();
	}

	private byte[] open(StoredKey key) {
		return this.vault.open(Base64.getDecoder().decode(key.sealed()), context(key.id()));
	}

	private static String context(long id) {
		return "management_key:private_key:" + id;
	}

	private List<StoredKey> stored() {
		List<StoredKey> found = find();
		if (!found.isEmpty()) {
			return found;
		}
		try {
			this.ownTransaction.executeWithoutResult((status) -> generate(FIRST));
		}
		catch (DuplicateKeyException ex) {
			// another instance was first: its key is the one
		}
		return find();
	}

	private List<StoredKey> find() {
		return this.jdbc.sql("select id, public_key, private_key, generated_at from management_key order by id desc")
			.query((row, number) -> new StoredKey(row.getLong(1), row.getString(2), row.getString(3),
					row.getTimestamp(4).toInstant()))
			.list();
	}

	private void generate(long id) {
		try (GeneratedKeyPair pair = GeneratedKeyPair.generate(KeyPairKind.ED25519, COMMENT)) {
			byte[] privateKey = pair.privateKey();
			byte[] sealed = this.vault.seal(privateKey, context(id));
			Arrays.fill(privateKey, (byte) 0);
			this.jdbc.sql("insert into management_key (id, public_key, private_key, generated_at) values (?, ?, ?, ?)")
				.params(id, pair.publicKey().render(), Base64.getEncoder().encodeToString(sealed),
						Timestamp.from(this.clock.instant()))
				.update();
			this.events.publishEvent(new ManagementKeyGenerated(pair.publicKey().fingerprint()));
		}
	}

	/**
	 * A row as it stands.
	 */
	private record StoredKey(long id, String text, String sealed, Instant generatedAt) {

		ManagementKey toManagementKey() {
			try {
				return new ManagementKey(this.id, PublicKey.parse(this.text), this.generatedAt);
			}
			catch (InvalidKeyException ex) {
				throw new IllegalStateException("The stored management key is damaged", ex);
			}
		}

	}

}
