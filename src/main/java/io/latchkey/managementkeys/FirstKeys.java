package io.latchkey.managementkeys;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.core.InvalidInputException;
import io.latchkey.core.StartRefusedException;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.managementkeys.ManagementKeyStore.StoredKey;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;
import io.latchkey.ssh.ManagementKeyAgent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How the first key of a kind comes: made by Latchkey, or found in the SSH agent that is
 * to hold it, when a node first needs it.
 */
class FirstKeys {

	private static final Logger log = LoggerFactory.getLogger(FirstKeys.class);

	private final ManagementKeyStore store;

	private final TransactionTemplate ownTransaction;

	private final ManagementKeyAgent agent;

	private final AgentKeys agentKeys;

	/** Of the agent, that is to be the first; null where Latchkey makes it. */
	private @Nullable PublicKey first;

	FirstKeys(ManagementKeyStore store, PlatformTransactionManager transactions, ManagementKeyAgent agent) {
		this.store = store;
		this.ownTransaction = new TransactionTemplate(transactions);
		this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.agent = agent;
		this.agentKeys = new AgentKeys(agent);
	}

	/**
	 * A key that an agent holds needs the agent, and the agent that is to hold the first
	 * has to be there.
	 */
	void checkAgent() {
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

	/** All, the usual ones first, of which there is one. */
	List<StoredKey> usualFirst() {
		List<StoredKey> all = this.store.all();
		return all.isEmpty() ? of(ManagementKeyKind.USUAL) : all;
	}

	/**
	 * Those of a kind, the newest first; the first of them is made, or looked for in the
	 * agent, when there is none yet.
	 * @throws InvalidInputException when the agent has to hold it, and does not
	 */
	List<StoredKey> of(ManagementKeyKind kind) {
		List<StoredKey> found = find(kind);
		if (!found.isEmpty()) {
			return found;
		}
		try (NewKeys keys = begin(kind)) {
			this.ownTransaction.executeWithoutResult((status) -> {
				this.store.lock();
				// where there is none there is nothing to lock: who comes in between has
				// this id
				long id = this.store.nextId();
				if (find(kind).isEmpty()) {
					keys.store(kind, id, this.store);
				}
			});
		}
		catch (DuplicateKeyException ex) {
			// another instance was first: its key is the one
		}
		return find(kind);
	}

	/** Those of a kind that there are. */
	List<StoredKey> find(ManagementKeyKind kind) {
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
			Set<Fingerprint> present = before.stream()
				.map((key) -> key.toManagementKey().fingerprint())
				.collect(Collectors.toSet());
			keys.take(kind, this.agentKeys.ofKind(kind, present));
		}
		else {
			keys.make(kind);
		}
		return keys;
	}

}
