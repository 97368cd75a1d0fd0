package io.latchkey.internodefiles;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.internode.InterNodeKeys;
import io.latchkey.internode.KeyFile;
import io.latchkey.internode.MeshPart;
import io.latchkey.internode.Pair;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import io.latchkey.openssh.PublicKeyText;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of keys in the folder of one account: put there, or made there and learned.
 */
final class PlacedKeys {

	private final InterNodeKeys keys;

	private final Set<Fingerprint> ownKeys;

	private final ObservedFolder folder;

	private final FolderWrites writes;

	private final InterNodeTally tally;

	/**
	 * @param ownKeys Latchkey's, none of which is a node's
	 */
	PlacedKeys(InterNodeKeys keys, Set<Fingerprint> ownKeys, ObservedFolder folder, FolderWrites writes,
			InterNodeTally tally) {
		this.keys = keys;
		this.ownKeys = ownKeys;
		this.folder = folder;
		this.writes = writes;
		this.tally = tally;
	}

	void place(MeshPart part, KeyFile file) {
		Pair pair = file.pair();
		if (file.isMadeOnNode()) {
			make(part, file);
		}
		else if (pair != null) {
			if (this.writes.isToBeWritten(file.name(), pair.fileHash())) {
				putPrivateHalf(file, pair);
			}
			this.writes.write(file.publicName(),
					(pair.publicKey().render() + " latchkey cluster " + part.clusterName() + "\n")
						.getBytes(StandardCharsets.UTF_8));
		}
	}

	/** A pair that is gone by now is not wanted either: the next run sees so. */
	private void putPrivateHalf(KeyFile file, Pair pair) {
		Optional<byte[]> privateKey = this.keys.privateKey(pair);
		if (privateKey.isPresent()) {
			try {
				this.writes.put(file.name(), privateKey.get());
			}
			finally {
				Arrays.fill(privateKey.get(), (byte) 0);
			}
		}
	}

	private void make(MeshPart part, KeyFile file) {
		ObservedFile privateHalf = this.folder.file(file.name());
		ObservedFile publicHalf = this.folder.file(file.publicName());
		boolean stands = privateHalf.presence() == Presence.FILE && publicHalf.presence() == Presence.FILE
				&& !privateHalf.altersWhenWritten();
		if (!stands) {
			this.writes.makePair(file.name());
		}
		Pair known = file.pair();
		if (!stands || known == null || !known.fileHash().equals(publicHalf.hash())) {
			learn(part, file, known);
		}
	}

	private void learn(MeshPart part, KeyFile file, @Nullable Pair known) {
		byte[] content = this.writes.read(file.publicName());
		String hash = ContentHash.of(content);
		if (known != null && known.fileHash().equals(hash)) {
			return;
		}
		try {
			PublicKey key = PublicKeyText.parse(new String(content, StandardCharsets.UTF_8)).key();
			if (!"ssh-ed25519".equals(key.type()) || this.ownKeys.contains(key.fingerprint())) {
				throw this.writes.noPair(file.publicName());
			}
			this.tally.learn(new InterNodeOutcome.Learned(part, file.generation().id(), key, hash));
		}
		catch (InvalidKeyException ex) {
			throw this.writes.noPair(file.publicName());
		}
	}

}
