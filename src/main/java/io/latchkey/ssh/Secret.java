package io.latchkey.ssh;

import java.util.List;

import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.Node;

/**
 * What an account is let in by.
 */
public sealed interface Secret {

	/**
	 * A password for one login. The login zeroes it, whether it was let in or not.
	 */
	record Password(char[] value) implements Secret {

		@Override
		public String toString() {
			return "Password[…]";
		}

	}

	/**
	 * A person's private key for one login, in a format that OpenSSH or PuTTY writes. The
	 * login zeroes it, whether it was let in or not.
	 *
	 * @param passphrase empty when the key has none
	 */
	record PrivateKey(byte[] value, byte[] passphrase) implements Secret {

		/** Whether a login can be tried with it. Costs up to a second. */
		public KeyUsability usability() {
			return PrivateKeys.usability(this.value, this.passphrase);
		}

		@Override
		public String toString() {
			return "PrivateKey[…]";
		}

	}

	/**
	 * Latchkey's own key; its private half stays in this package. While a rotation is
	 * under way there are more, which are tried one after the other, the newest first,
	 * and after them those of the other kinds: a node that is to be let in by another may
	 * not have moved yet.
	 *
	 * @param kind of the key that the node should take
	 * @param only the ids of those to be tried; all when there are none
	 */
	record ManagementKey(ManagementKeyKind kind, List<Long> only) implements Secret {

		public ManagementKey {
			only = List.copyOf(only);
		}

		/** Whichever the node knows. */
		public ManagementKey() {
			this(ManagementKeyKind.USUAL, List.of());
		}

		/** Whichever this node knows. */
		public static ManagementKey of(Node node) {
			return new ManagementKey(node.management().key(), List.of());
		}

		/** These alone, in this order. */
		public static ManagementKey only(List<Long> ids) {
			return new ManagementKey(ManagementKeyKind.USUAL, ids);
		}

	}

}
