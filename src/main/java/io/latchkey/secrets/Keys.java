package io.latchkey.secrets;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.google.crypto.tink.Aead;

/**
 * The data keys that are known: the newest seals, all open.
 */
final class Keys {

	private final List<SymmetricKey> oldestFirst;

	private final Aead aead;

	Keys(Collection<SymmetricKey> oldestFirst) {
		this.oldestFirst = List.copyOf(oldestFirst);
		this.aead = SymmetricKey.aead(this.oldestFirst, current());
	}

	SymmetricKey current() {
		return this.oldestFirst.get(this.oldestFirst.size() - 1);
	}

	Stream<SymmetricKey> newestFirst() {
		return IntStream.range(0, this.oldestFirst.size())
			.mapToObj((i) -> this.oldestFirst.get(this.oldestFirst.size() - 1 - i));
	}

	SymmetricKey oldest() {
		return this.oldestFirst.get(0);
	}

	Optional<SymmetricKey> find(String id) {
		return this.oldestFirst.stream().filter((key) -> key.id().equals(id)).findFirst();
	}

	Aead aead() {
		return this.aead;
	}

	/** Whether any of them makes that code of the message, or one that begins with it. */
	boolean vouch(byte[] code, byte[] message, String context) {
		return this.oldestFirst.stream().anyMatch((key) -> vouches(key, code, message, context));
	}

	private static boolean vouches(SymmetricKey key, byte[] code, byte[] message, String context) {
		byte[] whole = key.derive(context).authenticate(message);
		return code.length >= SecretVault.SHORTEST_CODE && code.length <= whole.length
				&& MessageDigest.isEqual(code, Arrays.copyOf(whole, code.length));
	}

}
