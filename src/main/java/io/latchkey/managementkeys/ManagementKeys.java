package io.latchkey.managementkeys;

import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NoTransaction;
import io.latchkey.core.StartRefusedException;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
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

	/** sshd takes no more tries at a login than this by default (MaxAuthTries). */
	private static final int MOST_OFFERED = 6;

	private static final Logger log = LoggerFactory.getLogger(ManagementKeys.class);

	private final ManagementKeyStore store;

	private final TransactionTemplate ownTransaction;

	private final ManagementKeyProperties properties;

	private final ManagementKeyAgent agent;

	private final AgentKeys agentKeys;

	/** Of the agent, that is to be the first; null where Latchkey makes it. */
	private @Nullable PublicKey first;

	public ManagementKeys(JdbcClient jdbc, SecretVault vault, PlatformTransactionManager transactions,
			ApplicationEventPublisher events, ManagementKeyProperties properties, ManagementKeyAgent agent,
			Clock clock) {
		this.store = new ManagementKeyStore(jdbc, vault, events, clock);
		this.ownTransaction = new TransactionTemplate(transactions);
		this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.properties = properties;
		this.agent = agent;
		this.agentKeys = new AgentKeys(agent);
	}

	/**
	 * A key that an agent holds needs the agent, and the agent that is to hold the first
	 * has to be there.
	 */
	@Override
	public void afterPropertiesSet() {
		List<StoredKey> found = this.store.all();
		boolean agentIsSet = this.agent.socket().isPresent();
		if (!agentIsSet && found.stream().anyMatch(StoredKey::isOfAgent)) {
			throw new StartRefusedException(
					("The private half of the management key %s is held by an SSH agent, but "
							+ "latchkey.management-key.agent.socket is not set.")
						.formatted(found.get(0).toManagementKey().fingerprint()),
					"Set it to the agent's socket. To keep the key in Latchkey from now on, rotate to a key that "
							+ "Latchkey makes, while the agent is there, and unset it when all nodes have moved.");
		}
		if (agentIsSet && found.isEmpty()) {
			this.first = this.agentKeys.first();
		}
		if (agentIsSet && found.stream().noneMatch(StoredKey::isOfAgent) && !found.isEmpty()) {
			log.warn("An SSH agent is set up, but the management key is Latchkey's own until it is rotated to one of "
					+ "the agent's");
		}
	}

	/**
	 * Begins at the first start, and not at the first use: that is in a transaction of
	 * many at once, each of which would hold one connection and wait for another.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		stored(ManagementKeyKind.USUAL);
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
		return stored(kind).get(0).toManagementKey();
	}

	/**
	 * Makes sure that there is one of a kind, before a node is said to need it.
	 * @throws InvalidInputException when the agent has to hold it, and does not
	 */
	public void require(ManagementKeyKind kind) {
		NoTransaction.require();
		stored(kind);
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
				stored(kind);
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
		return find(kind).stream()
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
		return toKeys(usualFirst());
	}

	/** The newest of each kind that there is, the usual one first. */
	public List<ManagementKey> newest() {
		Set<ManagementKeyKind> seen = EnumSet.noneOf(ManagementKeyKind.class);
		return all().stream().filter((key) -> seen.add(key.kind())).toList();
	}

	/**
	 * Makes ready what a rotation moves to: one of each kind that there is, all with the
	 * same holder.
	 * @throws InvalidInputException when the agent holds none that could be, or more than
	 * one
	 */
	public NewKeys prepare(NextKey next) {
		NoTransaction.require();
		Set<Fingerprint> present = new HashSet<>(all().stream().map(ManagementKey::fingerprint).toList());
		NewKeys keys = new NewKeys();
		for (ManagementKey key : newest()) {
			if (next.holder() == Holder.LATCHKEY) {
				keys.make(key.kind());
				continue;
			}
			PublicKey ofAgent = (key.kind() == ManagementKeyKind.USUAL)
					? this.agentKeys.usual(next.fingerprint(), present) : this.agentKeys.ofKind(key.kind(), present);
			present.add(ofAgent.fingerprint());
			keys.take(key.kind(), ofAgent);
		}
		return keys;
	}

	/**
	 * Puts these beside those that there are, in the transaction at hand.
	 * @return whether they are; not while there are more than one of a kind already
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public boolean add(NewKeys newest) {
		this.store.lock();
		List<StoredKey> before = this.store.all();
		if (isRotating(before)) {
			return false;
		}
		// one of a kind that came meanwhile is as new as any
		before.stream()
			.map(StoredKey::kind)
			.filter(newest::has)
			.forEach((kind) -> newest.store(kind, this.store.nextId(), this.store));
		return true;
	}

	/** Whether there is a newer one beside another of its kind. */
	public boolean isRotating() {
		return isRotating(this.store.all());
	}

	private static boolean isRotating(List<StoredKey> keys) {
		return keys.stream().map(StoredKey::kind).distinct().count() < keys.size();
	}

	/** What a rotation moves to where nothing else is said. */
	public NextKey usualNext() {
		return this.agent.socket().isPresent() ? new NextKey(Holder.AGENT, null) : NextKey.MADE;
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

	/** Keeps others from adding or retiring one until the transaction ends. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void lock() {
		this.store.lock();
	}

	/**
	 * Forgets all but the newest of each kind, and their private halves with them.
	 * @return those that there were
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public List<ManagementKey> retireOlder() {
		List<ManagementKey> newest = newest();
		List<ManagementKey> older = all().stream().filter((key) -> !newest.contains(key)).toList();
		older.forEach(this.store::forget);
		return older;
	}

	/** Of the newest usual one, in OpenSSH's format; to be wiped by who asked. */
	byte[] privateKey() {
		return this.store.open(stored(ManagementKeyKind.USUAL).get(0));
	}

	@Override
	public List<OwnKey> open(Secret.ManagementKey wanted) {
		List<StoredKey> found = wanted.only().isEmpty() ? List.of() : only(wanted.only());
		// those that are wanted may all be gone, when a rotation has just ended
		return (found.isEmpty() ? inOrder(wanted.kind()) : found).stream().limit(MOST_OFFERED).map(this::open).toList();
	}

	private OwnKey open(StoredKey key) {
		PublicKey publicKey = key.toManagementKey().publicKey();
		return key.isOfAgent() ? OwnKey.ofAgent(publicKey) : OwnKey.of(publicKey, this.store.open(key));
	}

	private List<StoredKey> only(List<Long> ids) {
		return this.store.all()
			.stream()
			.filter((key) -> ids.contains(key.id()))
			.sorted(Comparator.comparingInt((key) -> ids.indexOf(key.id())))
			.toList();
	}

	/** Those of the kind, the newest first, and then the newest of the others. */
	private List<StoredKey> inOrder(ManagementKeyKind kind) {
		List<StoredKey> found = this.store.all();
		List<StoredKey> all = found.stream().anyMatch((key) -> key.kind() == kind) ? found
				: Stream.concat(stored(kind).stream(), found.stream()).toList();
		Set<ManagementKeyKind> seen = EnumSet.of(kind);
		return Stream
			.concat(all.stream().filter((key) -> key.kind() == kind),
					all.stream().filter((key) -> seen.add(key.kind())))
			.toList();
	}

	private List<StoredKey> usualFirst() {
		List<StoredKey> all = this.store.all();
		return all.isEmpty() ? stored(ManagementKeyKind.USUAL) : all;
	}

	private List<StoredKey> stored(ManagementKeyKind kind) {
		List<StoredKey> found = find(kind);
		if (!found.isEmpty()) {
			return found;
		}
		try (NewKeys keys = begin(kind)) {
			this.ownTransaction.executeWithoutResult((status) -> {
				this.store.lock();
				if (find(kind).isEmpty()) {
					keys.store(kind, this.store.nextId(), this.store);
				}
			});
		}
		catch (DuplicateKeyException ex) {
			// another instance was first: its key is the one
		}
		return find(kind);
	}

	private List<StoredKey> find(ManagementKeyKind kind) {
		return this.store.all().stream().filter((key) -> key.kind() == kind).toList();
	}

	/** Where the agent holds the usual one, no private key is to be here. */
	private NewKeys begin(ManagementKeyKind kind) {
		NewKeys keys = new NewKeys();
		if (kind == ManagementKeyKind.USUAL) {
			if (this.first != null) {
				keys.take(kind, this.first);
			}
			else {
				keys.make(kind);
			}
			return keys;
		}
		List<StoredKey> before = usualFirst();
		if (before.get(0).isOfAgent()) {
			Set<Fingerprint> present = toKeys(before).stream()
				.map(ManagementKey::fingerprint)
				.collect(Collectors.toSet());
			keys.take(kind, this.agentKeys.ofKind(kind, present));
		}
		else {
			keys.make(kind);
		}
		return keys;
	}

	private static List<ManagementKey> toKeys(List<StoredKey> stored) {
		return stored.stream().map(StoredKey::toManagementKey).toList();
	}

}
