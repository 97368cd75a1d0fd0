package io.latchkey.managementkeys;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.openssh.PublicKey;
import io.latchkey.ssh.GeneratedKeyPair;

/**
 * Keys that are about to become Latchkey's own, one of each kind that there is: made, or
 * found in the SSH agent, before the database is asked for anything.
 */
public final class NewKeys implements AutoCloseable {

	/** By which people know them in a file. */
	static final String COMMENT = "latchkey";

	private final Map<ManagementKeyKind, GeneratedKeyPair> made = new EnumMap<>(ManagementKeyKind.class);

	private final Map<ManagementKeyKind, PublicKey> taken = new EnumMap<>(ManagementKeyKind.class);

	NewKeys() {
	}

	void make(ManagementKeyKind kind) {
		this.made.put(kind, GeneratedKeyPair.generate(kind.pair(), COMMENT));
	}

	void take(ManagementKeyKind kind, PublicKey ofAgent) {
		this.taken.put(kind, ofAgent);
	}

	/** Those that the agent holds. */
	public List<PublicKey> ofAgent() {
		return List.copyOf(this.taken.values());
	}

	void store(ManagementKeyKind kind, long id, ManagementKeyStore store) {
		PublicKey ofAgent = this.taken.get(kind);
		if (ofAgent != null) {
			store.take(id, kind, ofAgent);
		}
		else {
			store.keep(id, kind, Objects.requireNonNull(this.made.get(kind)));
		}
	}

	boolean has(ManagementKeyKind kind) {
		return this.made.containsKey(kind) || this.taken.containsKey(kind);
	}

	@Override
	public void close() {
		this.made.values().forEach(GeneratedKeyPair::close);
	}

}
