package io.latchkey.keypairs;

import java.util.Arrays;

import io.latchkey.identity.IdentityKey;
import io.latchkey.openssh.KeyPairKind;

/**
 * A key pair that was made, to be given out now or never. Closing it wipes the private
 * half.
 */
public final class MadeKeyPair implements AutoCloseable {

	private final KeyPairKind kind;

	private final IdentityKey key;

	private final byte[] openSsh;

	private final byte[] putty;

	MadeKeyPair(KeyPairKind kind, IdentityKey key, byte[] openSsh, byte[] putty) {
		this.kind = kind;
		this.key = key;
		this.openSsh = openSsh;
		this.putty = putty;
	}

	public KeyPairKind kind() {
		return this.kind;
	}

	/** The public half, as it is stored. */
	public IdentityKey key() {
		return this.key;
	}

	/** The private half in OpenSSH's format; wiped when this is closed. */
	public byte[] openSsh() {
		return this.openSsh;
	}

	/** The private half as PuTTY's .ppk, version 3; wiped when this is closed. */
	public byte[] putty() {
		return this.putty;
	}

	@Override
	public void close() {
		Arrays.fill(this.openSsh, (byte) 0);
		Arrays.fill(this.putty, (byte) 0);
	}

	/** Without the private half. */
	@Override
	public String toString() {
		return "MadeKeyPair[" + this.key.key().fingerprint() + "]";
	}

}
