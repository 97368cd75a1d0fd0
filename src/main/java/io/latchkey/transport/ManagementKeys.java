package io.latchkey.transport;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NoTransaction;
import io.latchkey.core.StartRefusedException;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.KeyPairKind;
import io.latchkey.openssh.PublicKey;
import io.latchkey.secrets.SecretVault;
import io.latchkey.transport.ManagementKey.Holder;
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
 * Latchkey's own key pair, with which it logs in to the nodes. Made at the first start,
 * and then the private half is sealed at rest and never leaves this package; or taken
 * from an SSH agent, and then it is not here at all. While a rotation is under way there
 * is the newest, and the one before it for nodes that have not moved yet.
 */
@Component
public class ManagementKeys implements InitializingBean, SmartInitializingSingleton {

	/** Of the first; the primary key holds that when two instances start at once. */
	private static final long FIRST = 1;

	private static final String COMMENT = "latchkey";

	private static final Logger log = LoggerFactory.getLogger(ManagementKeys.class);

	private final JdbcClient jdbc;

	private final SecretVault vault;

	private final TransactionTemplate ownTransaction;

	private final ApplicationEventPublisher events;

	private final ManagementKeyProperties properties;

	private final ManagementKeyAgent agent;

	/** Of the agent, that is to be the first; null where Latchkey makes it. */
	private @Nullable PublicKey first;

	private final Clock clock;

	public ManagementKeys(JdbcClient jdbc, SecretVault vault, PlatformTransactionManager transactions,
			ApplicationEventPublisher events, ManagementKeyProperties properties, ManagementKeyAgent agent,
			Clock clock) {
		this.jdbc = jdbc;
		this.vault = vault;
		this.ownTransaction = new TransactionTemplate(transactions);
		this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.events = events;
		this.properties = properties;
		this.agent = agent;
		this.clock = clock;
	}

	/**
	 * A key that an agent holds needs the agent, and the agent that is to hold the first
	 * has to be there.
	 */
	@Override
	public void afterPropertiesSet() {
		List<StoredKey> found = find();
		boolean agentIsSet = this.agent.socket().isPresent();
		if (!agentIsSet && found.stream().anyMatch(StoredKey::isOfAgent)) {
			throw new StartRefusedException(
					"The private half of the management key %s is held by an SSH agent, but latchkey.management-key.agent.socket is not set."
						.formatted(found.get(0).toManagementKey().fingerprint()),
					"Set it to the agent's socket. To keep the key in Latchkey from now on, rotate to a key that Latchkey makes, while the agent is there, and unset it when all nodes have moved.");
		}
		if (agentIsSet && found.isEmpty()) {
			this.first = firstOfAgent();
		}
		if (agentIsSet && found.stream().noneMatch(StoredKey::isOfAgent) && !found.isEmpty()) {
			log.warn(
					"An SSH agent is set up, but the management key is Latchkey's own until it is rotated to one of the agent's");
		}
	}

	/**
	 * Begins at the first start, and not at the first use: that is in a transaction of
	 * many at once, each of which would hold one connection and wait for another.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		stored();
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
		return add(this::generate);
	}

	/**
	 * Takes another, which the agent holds, beside those that there are, in the
	 * transaction at hand.
	 * @return nothing when there are more than one already
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Optional<ManagementKey> addNewest(PublicKey ofAgent) {
		stored();
		return add((id) -> take(id, ofAgent));
	}

	private Optional<ManagementKey> add(LongConsumer newest) {
		lock();
		List<StoredKey> before = find();
		if (before.size() > 1) {
			return Optional.empty();
		}
		newest.accept(before.get(0).id() + 1);
		return Optional.of(find().get(0).toManagementKey());
	}

	/** What a rotation moves to where nothing else is said. */
	public NextKey usualNext() {
		return this.agent.socket().isPresent() ? new NextKey(Holder.AGENT, null) : NextKey.MADE;
	}

	/**
	 * Asks the agent for the key that is to be the next.
	 * @return nothing when it is to be made
	 * @throws InvalidInputException when it holds none that could be, or more than one
	 */
	public Optional<PublicKey> look(NextKey next) {
		NoTransaction.require();
		if (next.holder() == Holder.LATCHKEY) {
			return Optional.empty();
		}
		if (this.agent.socket().isEmpty()) {
			throw new InvalidInputException(Fault.of("holder", "management-key.no-agent"));
		}
		Set<Fingerprint> present = all().stream().map(ManagementKey::fingerprint).collect(Collectors.toSet());
		Fingerprint wanted = (next.fingerprint() != null) ? next.fingerprint()
				: this.agent.preferred().filter((key) -> !present.contains(key)).orElse(null);
		if (wanted != null && present.contains(wanted)) {
			throw new InvalidInputException(Fault.of("fingerprint", "management-key.present", wanted));
		}
		List<PublicKey> others = others(present);
		return Optional.of(choose(others, wanted).orElseThrow(() -> new InvalidInputException(fault(others, wanted))));
	}

	/** Asks the agent whether it serves; what it says is remembered there. */
	public void lookAtAgent() {
		List<Fingerprint> held = all().stream()
			.filter((key) -> key.holder() == Holder.AGENT)
			.map(ManagementKey::fingerprint)
			.toList();
		if (!held.isEmpty()) {
			try {
				this.agent.find(held, this.agent.exchange());
			}
			catch (NodeException.AgentUnavailable ex) {
				log.debug("{}", ex.getMessage());
			}
		}
	}

	private List<PublicKey> others(Set<Fingerprint> present) {
		try {
			return this.agent.keys().stream().filter((key) -> !present.contains(key.fingerprint())).toList();
		}
		catch (NodeException.AgentUnavailable ex) {
			throw new InvalidInputException(Fault.of("holder", "verbatim", String.valueOf(ex.getMessage())));
		}
	}

	private static Fault fault(List<PublicKey> others, @Nullable Fingerprint wanted) {
		if (others.isEmpty()) {
			return Fault.of("fingerprint", "management-key.agent-empty");
		}
		return (wanted != null) ? Fault.of("fingerprint", "management-key.agent-lacks", list(others))
				: Fault.of("fingerprint", "management-key.agent-several", list(others));
	}

	private static Optional<PublicKey> choose(List<PublicKey> keys, @Nullable Fingerprint wanted) {
		if (wanted == null) {
			return (keys.size() == 1) ? Optional.of(keys.get(0)) : Optional.empty();
		}
		return keys.stream().filter((key) -> key.fingerprint().equals(wanted)).findFirst();
	}

	private static String list(List<PublicKey> keys) {
		return keys.stream().map((key) -> key.fingerprint().toString()).collect(Collectors.joining(", "));
	}

	private PublicKey firstOfAgent() {
		try {
			List<PublicKey> keys = this.agent.keys();
			return choose(keys, this.agent.preferred().orElse(null)).orElseThrow(() -> new StartRefusedException(
					"The SSH agent at %s is to hold the management key. Expected %s, but it holds %s.".formatted(
							this.agent.socket().orElseThrow(),
							this.agent.preferred().map(Fingerprint::toString).orElse("a single usable key"),
							keys.isEmpty() ? "none: it is empty or locked" : list(keys)),
					"Add the key with ssh-add, unlock the agent with ssh-add -X, or name one of its keys by latchkey.management-key.agent.key."));
		}
		catch (NodeException.AgentUnavailable ex) {
			throw new StartRefusedException(
					"The first management key is to be taken from an SSH agent, but " + ex.getMessage() + ".",
					"Start the agent, or point latchkey.management-key.agent.socket to the socket of one that runs. Without that setting Latchkey makes a key of its own.",
					ex);
		}
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

	/** A way to be let in by them, the newest first; to be closed by who asked. */
	Entry entry(Secret.ManagementKey wanted) {
		List<StoredKey> all = stored();
		List<StoredKey> found = all.stream().filter((key) -> wanted.only().contains(key.id())).toList();
		// of those that are wanted none may be left, when a rotation has just ended
		return new ByOwnKeys((found.isEmpty() ? all : found).stream()
			.map((key) -> new ByOwnKeys.Key(key.toManagementKey().fingerprint(), key.isOfAgent() ? null : open(key)))
			.toList(), this.agent);
	}

	private byte[] open(StoredKey key) {
		return this.vault.open(Base64.getDecoder().decode(Objects.requireNonNull(key.sealed())), context(key.id()));
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
			this.ownTransaction.executeWithoutResult((status) -> begin());
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

	private void begin() {
		if (this.first != null) {
			take(FIRST, this.first);
		}
		else {
			generate(FIRST);
		}
	}

	private void take(long id, PublicKey ofAgent) {
		this.jdbc.sql("insert into management_key (id, public_key, generated_at) values (?, ?, ?)")
			.params(id, ofAgent.render(), Timestamp.from(this.clock.instant()))
			.update();
		this.events.publishEvent(new ManagementKeyTaken(ofAgent.fingerprint()));
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
	private record StoredKey(long id, String text, @Nullable String sealed, Instant generatedAt) {

		boolean isOfAgent() {
			return this.sealed == null;
		}

		ManagementKey toManagementKey() {
			try {
				return new ManagementKey(this.id, PublicKey.parse(this.text), this.generatedAt,
						isOfAgent() ? Holder.AGENT : Holder.LATCHKEY);
			}
			catch (InvalidKeyException ex) {
				throw new IllegalStateException("The stored management key is damaged", ex);
			}
		}

	}

}
