package io.latchkey.ssh;

import java.util.Arrays;

import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * One of Latchkey's own keys, to be offered at a login. Its private half is handed over
 * and cannot be read back.
 */
public final class OwnKey {

	private final PublicKey publicKey;

	private final byte @Nullable [] privateKey;

	private OwnKey(PublicKey publicKey, byte @Nullable [] privateKey) {
		this.publicKey = publicKey;
		this.privateKey = privateKey;
	}

	/**
	 * One that Latchkey has.
	 * @param privateKey in OpenSSH's format; wiped after the login
	 */
	public static OwnKey of(PublicKey publicKey, byte[] privateKey) {
		return new OwnKey(publicKey, privateKey);
	}

	/** One that the SSH agent holds. */
	public static OwnKey ofAgent(PublicKey publicKey) {
		return new OwnKey(publicKey, null);
	}

	PublicKey publicKey() {
		return this.publicKey;
	}

	/** Null where the agent holds it. */
	byte @Nullable [] privateKey() {
		return this.privateKey;
	}

	public Fingerprint fingerprint() {
		return this.publicKey.fingerprint();
	}

	boolean isOfAgent() {
		return this.privateKey == null;
	}

	void wipe() {
		if (this.privateKey != null) {
			Arrays.fill(this.privateKey, (byte) 0);
		}
	}

}
