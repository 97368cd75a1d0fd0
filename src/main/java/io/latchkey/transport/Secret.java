package io.latchkey.transport;

/**
 * What an account is let in by.
 */
public sealed interface Secret {

	/**
	 * A password for one login. {@link NodeConnector#connect} zeroes it, whether it was
	 * let in or not.
	 */
	record Password(char[] value) implements Secret {

		@Override
		public String toString() {
			return "Password[…]";
		}

	}

	/** Latchkey's own key; its private half stays in this package. */
	record ManagementKey() implements Secret {

	}

}
