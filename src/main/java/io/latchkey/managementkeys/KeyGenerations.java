package io.latchkey.managementkeys;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NoTransaction;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.managementkeys.ManagementKey.Holder;
import io.latchkey.managementkeys.ManagementKeyStore.StoredKey;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;
import io.latchkey.ssh.ManagementKeyAgent;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The newer and the older of Latchkey's own keys: what a rotation moves to, put beside
 * those that there are, and at its end alone.
 */
@Component
class KeyGenerations {

	private final ManagementKeys keys;

	private final ManagementKeyAgent agent;

	private final AgentKeys agentKeys;

	KeyGenerations(ManagementKeys keys, ManagementKeyAgent agent) {
		this.keys = keys;
		this.agent = agent;
		this.agentKeys = new AgentKeys(agent);
	}

	/**
	 * Makes ready what a rotation moves to: one of each kind that there is, all with the
	 * same holder.
	 * @throws InvalidInputException when the agent holds none that could be, or more than
	 * one
	 */
	NewKeys prepare(NextKey next) {
		NoTransaction.require();
		Set<Fingerprint> present = new HashSet<>(this.keys.all().stream().map(ManagementKey::fingerprint).toList());
		NewKeys keys = new NewKeys();
		for (ManagementKey key : this.keys.newest()) {
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
		this.keys.store().lock();
		List<StoredKey> before = this.keys.store().all();
		if (isRotating(before)) {
			return false;
		}
		// one of a kind that came meanwhile is as new as any
		before.stream()
			.map(StoredKey::kind)
			.filter(newest::has)
			.forEach((kind) -> newest.store(kind, this.keys.store().nextId(), this.keys.store()));
		return true;
	}

	/** Whether there is a newer one beside another of its kind. */
	boolean isRotating() {
		return isRotating(this.keys.store().all());
	}

	private static boolean isRotating(List<StoredKey> keys) {
		return keys.stream().map(StoredKey::kind).distinct().count() < keys.size();
	}

	/** What a rotation moves to where nothing else is said. */
	NextKey usualNext() {
		return this.agent.socket().isPresent() ? new NextKey(Holder.AGENT, null) : NextKey.MADE;
	}

	/** Keeps others from adding or retiring one until the transaction ends. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void lock() {
		this.keys.store().lock();
	}

	/**
	 * Forgets all but the newest of each kind, and their private halves with them.
	 * @return those that there were
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public List<ManagementKey> retireOlder() {
		List<ManagementKey> newest = this.keys.newest();
		List<ManagementKey> older = this.keys.all().stream().filter((key) -> !newest.contains(key)).toList();
		older.forEach(this.keys.store()::forget);
		return older;
	}

}
