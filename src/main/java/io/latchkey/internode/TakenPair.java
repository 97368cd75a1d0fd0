package io.latchkey.internode;

import java.util.Arrays;

import io.latchkey.openssh.PublicKey;

/**
 * A pair that was handed out, in OpenSSH's own format. Closing it wipes its private half.
 */
public final class TakenPair implements AutoCloseable {

	private final String fileName;

	private final PublicKey publicKey;

	private final byte[] privateKey;

	TakenPair(String fileName, PublicKey publicKey, byte[] privateKey) {
		this.fileName = fileName;
		this.publicKey = publicKey;
		this.privateKey = privateKey;
	}

	/** Under which its private half may be saved. */
	public String fileName() {
		return this.fileName;
	}

	public PublicKey publicKey() {
		return this.publicKey;
	}

	/** A copy. */
	public byte[] privateKey() {
		return this.privateKey.clone();
	}

	@Override
	public void close() {
		Arrays.fill(this.privateKey, (byte) 0);
	}

	/** Tells nothing of the private half. */
	@Override
	public String toString() {
		return "TakenPair[" + this.publicKey.fingerprint() + "]";
	}

}
