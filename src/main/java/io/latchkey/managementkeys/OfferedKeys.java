package io.latchkey.managementkeys;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.managementkeys.ManagementKeyStore.StoredKey;
import io.latchkey.openssh.PublicKey;
import io.latchkey.ssh.OwnKey;
import io.latchkey.ssh.Secret;

/** Which keys a login offers to a node, and in which order. */
class OfferedKeys {

	/** sshd takes no more tries at a login than this by default (MaxAuthTries). */
	private static final int MOST_OFFERED = 6;

	private final ManagementKeyStore store;

	private final FirstKeys firsts;

	OfferedKeys(ManagementKeyStore store, FirstKeys firsts) {
		this.store = store;
		this.firsts = firsts;
	}

	List<OwnKey> open(Secret.ManagementKey wanted) {
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
				: Stream.concat(this.firsts.of(kind).stream(), found.stream()).toList();
		Set<ManagementKeyKind> seen = EnumSet.of(kind);
		return Stream
			.concat(all.stream().filter((key) -> key.kind() == kind),
					all.stream().filter((key) -> seen.add(key.kind())))
			.toList();
	}

}
