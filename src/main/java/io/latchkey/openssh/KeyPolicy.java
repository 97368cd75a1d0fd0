package io.latchkey.openssh;

import java.math.BigInteger;

/**
 * How strong a public key must be to be let in anywhere.
 *
 * @param minimumRsaBits the least size of an RSA key, 1024 or more. A key has the size
 * that its maker was asked for: many, asked for 2048 bits, make a modulus of 2047 as
 * often as not, so the bytes of the modulus count and not its bits
 */
public record KeyPolicy(int minimumRsaBits) {

	/** At least 2048 bits for RSA. */
	public static final KeyPolicy DEFAULT = new KeyPolicy(2048);

	/**
	 * RSA keys with fewer bits than this are none to sshd, whatever they were meant to be
	 * (RequiredRSASize of sshd_config(5)).
	 */
	static final int LEAST_RSA_BITS = 1024;

	private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(3);

	public KeyPolicy {
		if (minimumRsaBits < LEAST_RSA_BITS) {
			throw new IllegalArgumentException(
					"Expected 1024 bits or more for RSA, which is the least that sshd takes");
		}
	}

	/**
	 * @throws WeakKeyException when it is too weak; the message says what was expected
	 */
	public void check(PublicKey key) throws WeakKeyException {
		switch (key.keyType()) {
			case DSA ->
				throw new WeakKeyException("DSA keys are too weak. Expected Ed25519, ECDSA or RSA with at least "
						+ this.minimumRsaBits + " bits");
			case RSA -> checkRsa((KeyMaterial.Rsa) key.material());
			default -> checkCurve(key);
		}
	}

	private void checkRsa(KeyMaterial.Rsa key) throws WeakKeyException {
		if (key.bits() < LEAST_RSA_BITS || asked(key.bits()) < this.minimumRsaBits) {
			throw new WeakKeyException("RSA with " + key.bits() + " bits is too weak. Expected at least "
					+ this.minimumRsaBits + " bits, or Ed25519");
		}
		if (!key.modulus().testBit(0) || !key.exponent().testBit(0) || key.exponent().compareTo(LEAST_EXPONENT) < 0) {
			throw new WeakKeyException(
					"The RSA key can be forged. Expected an odd modulus and an odd exponent of 3 or more");
		}
	}

	/** A product of two numbers of n bits each has 2n bits or one less. */
	private static int asked(int bits) {
		return (bits + Byte.SIZE - 1) / Byte.SIZE * Byte.SIZE;
	}

	private static void checkCurve(PublicKey key) throws WeakKeyException {
		KeyMaterial material = (key.material() instanceof KeyMaterial.SecurityKey securityKey) ? securityKey.key()
				: key.material();
		if (material instanceof KeyMaterial.Ed25519 point && point.isOfSmallOrder()) {
			throw new WeakKeyException("The Ed25519 key can be forged. Expected one that ssh-keygen made");
		}
	}

}
