package io.latchkey.transport;

import java.io.ByteArrayOutputStream;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import io.latchkey.secrets.SecretVault;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Latchkey's own key pair, with which it logs in to the nodes. Made at first use; the
 * private half is sealed at rest and never leaves this package.
 */
@Component
public class ManagementKeys {

	/** There is one; the primary key holds that when two instances start at once. */
	private static final long ID = 1;

	private static final String CONTEXT = "management_key:private_key:" + ID;

	private static final String COMMENT = "latchkey";

	private final JdbcClient jdbc;

	private final SecretVault vault;

	private final TransactionTemplate ownTransaction;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	public ManagementKeys(JdbcClient jdbc, SecretVault vault, PlatformTransactionManager transactions,
			ApplicationEventPublisher events, Clock clock) {
		this.jdbc = jdbc;
		this.vault = vault;
		this.ownTransaction = new TransactionTemplate(transactions);
		this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.events = events;
		this.clock = clock;
	}

	public PublicKey publicKey() {
		return stored().publicKey();
	}

	/** What to put into the management account's {@code authorized_keys}. */
	public String authorizedKeysLine() {
		return publicKey().render() + " " + COMMENT;
	}

	/** In OpenSSH's format; to be wiped by who asked. */
	byte[] privateKey() {
		return this.vault.open(Base64.getDecoder().decode(stored().sealed()), CONTEXT);
	}

	private StoredKey stored() {
		return find().orElseGet(() -> {
			try {
				this.ownTransaction.executeWithoutResult((status) -> generate());
			}
			catch (DuplicateKeyException ex) {
				// another instance was first: its key is the one
			}
			return find().orElseThrow();
		});
	}

	private Optional<StoredKey> find() {
		return this.jdbc.sql("select public_key, private_key from management_key where id = ?")
			.param(ID)
			.query((row, number) -> new StoredKey(row.getString(1), row.getString(2)))
			.optional();
	}

	private void generate() {
		try {
			KeyPair pair = KeyPair.genKeyPair(new JSch(), KeyPair.ED25519);
			ByteArrayOutputStream privateKey = new ByteArrayOutputStream();
			pair.writeOpenSSHv1PrivateKey(privateKey, null);
			PublicKey publicKey = PublicKey.of(pair.getPublicKeyBlob());
			pair.dispose();
			byte[] sealed = this.vault.seal(privateKey.toByteArray(), CONTEXT);
			this.jdbc.sql("insert into management_key (id, public_key, private_key, generated_at) values (?, ?, ?, ?)")
				.params(ID, publicKey.render(), Base64.getEncoder().encodeToString(sealed),
						Timestamp.from(this.clock.instant()))
				.update();
			this.events.publishEvent(new ManagementKeyGenerated(publicKey.fingerprint()));
		}
		catch (JSchException | InvalidKeyException ex) {
			throw new IllegalStateException("Could not make the management key", ex);
		}
	}

	/**
	 * The row as it stands.
	 */
	private record StoredKey(String text, String sealed) {

		PublicKey publicKey() {
			try {
				return PublicKey.parse(this.text);
			}
			catch (InvalidKeyException ex) {
				throw new IllegalStateException("The stored management key is damaged", ex);
			}
		}

	}

}
