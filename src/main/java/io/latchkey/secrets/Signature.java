package io.latchkey.secrets;

import java.util.Arrays;
import java.util.Base64;

import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * A signature by Ed25519 (RFC 8032) with the key that verifies it, both in Base64.
 */
public record Signature(String publicKey, String value) {

	static Signature of(SymmetricKey key, byte[] message, String purpose) {
		Ed25519Signer signer = new Ed25519Signer();
		signer.init(true, privateKey(key, purpose));
		signer.update(message, 0, message.length);
		return new Signature(publicKey(key, purpose), Base64.getEncoder().encodeToString(signer.generateSignature()));
	}

	static String publicKey(SymmetricKey key, String purpose) {
		return Base64.getEncoder().encodeToString(privateKey(key, purpose).generatePublicKey().getEncoded());
	}

	private static Ed25519PrivateKeyParameters privateKey(SymmetricKey key, String purpose) {
		byte[] seed = key.derive("ed25519:" + purpose).bytes();
		try {
			return new Ed25519PrivateKeyParameters(seed);
		}
		finally {
			Arrays.fill(seed, (byte) 0);
		}
	}

	/** Whether the key of the signature made it of that message. */
	public boolean verifies(byte[] message) {
		try {
			Ed25519Signer verifier = new Ed25519Signer();
			verifier.init(false, new Ed25519PublicKeyParameters(Base64.getDecoder().decode(this.publicKey)));
			verifier.update(message, 0, message.length);
			return verifier.verifySignature(Base64.getDecoder().decode(this.value));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
