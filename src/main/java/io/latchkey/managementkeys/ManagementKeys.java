package io.latchkey.managementkeys;

import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NoTransaction;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.managementkeys.ManagementKey.Holder;
import io.latchkey.managementkeys.ManagementKeyStore.StoredKey;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;
import io.latchkey.secrets.SecretVault;
import io.latchkey.ssh.ManagementKeyAgent;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.OwnKey;
import io.latchkey.ssh.OwnKeys;
import io.latchkey.ssh.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Latchkey's own key pairs, with which it logs in to the nodes: the usual one, made at
 * the first start, and one of each other kind from when a node first needs it. The
 * private halves are sealed at rest and are handed to no one but to a login; or an SSH
 * agent holds them, and then they are not here at all. While a rotation is under way
 * there is the newest of each kind, and the one before it for nodes that have not moved
 * yet.
 */
@Component
public class ManagementKeys implements OwnKeys, InitializingBean, SmartInitializingSingleton {

	/** They cost next to nothing to make; RSA does. */
	private static final List<ManagementKeyKind> FOR_NODES_WITHOUT_ED25519 = List.of(ManagementKeyKind.ECDSA_256,
			ManagementKeyKind.ECDSA_384);

	private static final Logger log = LoggerFactory.getLogger(ManagementKeys.class);

	private final ManagementKeyStore store;

	private final ManagementKeyProperties properties;

	private final ManagementKeyAgent agent;

	private final FirstKeys firsts;

	private final OfferedKeys offered;

	public ManagementKeys(JdbcClient jdbc, SecretVault vault, PlatformTransactionManager transactions,
			ApplicationEventPublisher events, ManagementKeyProperties properties, ManagementKeyAgent agent,
			Clock clock) {
		this.store = new ManagementKeyStore(jdbc, vault, events, clock);
		this.properties = properties;
		this.agent = agent;
		this.firsts = new FirstKeys(this.store, transactions, agent);
		this.offered = new OfferedKeys(this.store, this.firsts);
	}

	@Override
	public void afterPropertiesSet() {
		this.firsts.checkAgent();
	}

	/**
	 * Begins at the first start, and not at the first use: that is in a transaction of
	 * many at once, each of which would hold one connection and wait for another.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		this.firsts.of(ManagementKeyKind.USUAL);
	}

	/** The newest of the usual ones: what new nodes get. */
	public PublicKey publicKey() {
		return newest(ManagementKeyKind.USUAL).publicKey();
	}

	/**
	 * The newest of a kind; made, or looked for in the agent, when there is none yet.
	 * @throws InvalidInputException when the agent has to hold it, and does not
	 */
	public ManagementKey newest(ManagementKeyKind kind) {
		return this.firsts.of(kind).get(0).toManagementKey();
	}

	/**
	 * Makes sure that there is one of a kind, before a node is said to need it.
	 * @throws InvalidInputException when the agent has to hold it, and does not
	 */
	public void require(ManagementKeyKind kind) {
		NoTransaction.require();
		this.firsts.of(kind);
	}

	/**
	 * Makes sure that there is the one that a node is to know.
	 * @throws InvalidInputException when the agent has to hold it, and does not
	 */
	public void requireFor(NodeDraft node) {
		ManagementKeyKind kind = node.managementKey();
		if (kind != null) {
			require(kind);
		}
	}

	/** For which nodes one of them is; nothing when it is none. */
	public Optional<ManagementKeyKind> kindOf(PublicKey key) {
		return all().stream().filter((own) -> own.publicKey().equals(key)).map(ManagementKey::kind).findFirst();
	}

	/**
	 * The kind of key to let in on a node whose sshd accepts these signature algorithms:
	 * the one that it is to know where it takes that, or where nothing is known of it,
	 * and else the first that it takes and that there is or can be.
	 * @throws InvalidInputException when the agent has to hold the key, and does not
	 */
	public ManagementKeyKind fitting(ManagementKeyKind wanted, Set<String> accepted) {
		NoTransaction.require();
		List<ManagementKeyKind> fitting = Stream.concat(Stream.of(wanted), Arrays.stream(ManagementKeyKind.values()))
			.distinct()
			.filter((kind) -> signaturesOf(kind).stream().anyMatch(accepted::contains))
			.toList();
		InvalidInputException missing = null;
		for (ManagementKeyKind kind : fitting.isEmpty() ? List.of(wanted) : fitting) {
			try {
				this.firsts.of(kind);
				return kind;
			}
			catch (InvalidInputException ex) {
				missing = (missing != null) ? missing : ex;
			}
		}
		throw Objects.requireNonNull(missing);
	}

	/** Of the key where there is one: an agent's usual one can be of any type. */
	private List<String> signaturesOf(ManagementKeyKind kind) {
		return this.firsts.find(kind)
			.stream()
			.findFirst()
			.map((key) -> ManagementKeyKind.signaturesOf(key.toManagementKey().publicKey()))
			.orElseGet(kind::signatures);
	}

	/**
	 * The lines that are put on a node of which nothing is known yet, the usual one
	 * first: it takes the first whose type it takes.
	 */
	public List<String> authorizedKeysLines() {
		for (ManagementKeyKind kind : FOR_NODES_WITHOUT_ED25519) {
			try {
				require(kind);
			}
			catch (InvalidInputException ex) {
				log.debug("There is no key of the kind {}: {}", kind, ex.getMessage());
			}
		}
		return newest().stream().map((key) -> authorizedKeysLine(key.publicKey())).toList();
	}

	/** What to put into the management account's {@code authorized_keys}. */
	public String authorizedKeysLine() {
		return authorizedKeysLine(publicKey());
	}

	/** The same of one of them. */
	public String authorizedKeysLine(PublicKey key) {
		return this.properties.options() + key.render() + " " + NewKeys.COMMENT;
	}

	/**
	 * The usual ones before all others, of each kind the newest first. There is one of a
	 * kind, or more while a rotation is under way.
	 */
	public List<ManagementKey> all() {
		return this.firsts.usualFirst().stream().map(StoredKey::toManagementKey).toList();
	}

	/** The newest of each kind that there is, the usual one first. */
	public List<ManagementKey> newest() {
		Set<ManagementKeyKind> seen = EnumSet.noneOf(ManagementKeyKind.class);
		return all().stream().filter((key) -> seen.add(key.kind())).toList();
	}

	/** Asks the agent whether it serves; what it says is remembered there. */
	public void lookAtAgent() {
		List<Fingerprint> held = all().stream()
			.filter((key) -> key.holder() == Holder.AGENT)
			.map(ManagementKey::fingerprint)
			.toList();
		if (!held.isEmpty()) {
			try {
				this.agent.require(held);
			}
			catch (NodeException.AgentUnavailable ex) {
				log.debug("{}", ex.getMessage());
			}
		}
	}

	ManagementKeyStore store() {
		return this.store;
	}

	/** Of the newest usual one, in OpenSSH's format; to be wiped by who asked. */
	byte[] privateKey() {
		return this.store.open(this.firsts.of(ManagementKeyKind.USUAL).get(0));
	}

	@Override
	public List<OwnKey> open(Secret.ManagementKey wanted) {
		return this.offered.open(wanted);
	}

}
