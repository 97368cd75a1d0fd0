package io.latchkey.ssh;

/**
 * What a private key that somebody sent is good for.
 */
public enum KeyUsability {

	USABLE,
	/** It is encrypted, and no passphrase was given. */
	PASSPHRASE_MISSING,
	/** It is encrypted with another passphrase. */
	PASSPHRASE_WRONG,
	/** It is not a private key, or of a format that cannot be read. */
	UNREADABLE

}
