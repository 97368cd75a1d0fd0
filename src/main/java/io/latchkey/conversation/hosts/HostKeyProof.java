package io.latchkey.conversation.hosts;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

import io.latchkey.openssh.PublicKey;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;

/**
 * A signature that the node made with a host key, as {@code ssh-keygen -Y sign} does
 * (OpenSSH's PROTOCOL.sshsig). Whatever a hostile node sends is at worst no proof.
 */
public final class HostKeyProof {

	/** For a node that vouches for its host keys, as the node script has it. */
	static final String VOUCHING = "host-key@latchkey";

	/** For a machine that registers itself, as the enrolment script has it. */
	public static final String ENROLLING = "enrol@latchkey";

	private static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);

	private static final int VERSION = 1;

	/** Longer ones take seconds to be looked at. */
	private static final int LONGEST_RSA = 8192;

	private HostKeyProof() {
	}

	/**
	 * @param proof in base64
	 * @param namespace what it was made for; a signature for anything else is none for
	 * this
	 * @param token that was to be signed
	 */
	public static boolean holds(PublicKey key, String proof, String namespace, String token) {
		try {
			return holds(key, ByteBuffer.wrap(Base64.getDecoder().decode(proof)), namespace,
					token.getBytes(StandardCharsets.US_ASCII));
		}
		catch (BufferUnderflowException | IllegalArgumentException ex) {
			return false;
		}
	}

	private static boolean holds(PublicKey key, ByteBuffer proof, String namespace, byte[] message) {
		byte[] magic = new byte[MAGIC.length];
		proof.get(magic);
		if (!Arrays.equals(magic, MAGIC) || proof.getInt() != VERSION || !Arrays.equals(string(proof), key.blob())
				|| !text(proof).equals(namespace)) {
			return false;
		}
		byte[] reserved = string(proof);
		String hash = text(proof);
		ByteBuffer signature = ByteBuffer.wrap(string(proof));
		Digest digest = switch (hash) {
			case "sha256" -> new SHA256Digest();
			case "sha512" -> new SHA512Digest();
			default -> throw new IllegalArgumentException("Not a hash of PROTOCOL.sshsig");
		};
		ByteArrayOutputStream signed = new ByteArrayOutputStream();
		signed.writeBytes(MAGIC);
		put(signed, namespace.getBytes(StandardCharsets.US_ASCII));
		put(signed, reserved);
		put(signed, hash.getBytes(StandardCharsets.US_ASCII));
		put(signed, hash(digest, message));
		return verifies(key, text(signature), string(signature), signed.toByteArray());
	}

	/** By the algorithms of RFC 5656, RFC 8332 and RFC 8709; SHA-1 is none of them. */
	private static boolean verifies(PublicKey key, String algorithm, byte[] signature, byte[] signed) {
		if (key.type().equals("ssh-rsa") && key.bits() > LONGEST_RSA) {
			return false;
		}
		AsymmetricKeyParameter half = OpenSSHPublicKeyUtil.parsePublicKey(key.blob());
		return switch (key.type() + " " + algorithm) {
			case "ssh-ed25519 ssh-ed25519" -> verifies(new Ed25519Signer(), half, signature, signed);
			case "ssh-rsa rsa-sha2-256" ->
				isQuick(half) && verifies(new RSADigestSigner(new SHA256Digest()), half, signature, signed);
			case "ssh-rsa rsa-sha2-512" ->
				isQuick(half) && verifies(new RSADigestSigner(new SHA512Digest()), half, signature, signed);
			case "ecdsa-sha2-nistp256 ecdsa-sha2-nistp256" ->
				verifies(half, ByteBuffer.wrap(signature), hash(new SHA256Digest(), signed));
			case "ecdsa-sha2-nistp384 ecdsa-sha2-nistp384" ->
				verifies(half, ByteBuffer.wrap(signature), hash(new SHA384Digest(), signed));
			case "ecdsa-sha2-nistp521 ecdsa-sha2-nistp521" ->
				verifies(half, ByteBuffer.wrap(signature), hash(new SHA512Digest(), signed));
			default -> false;
		};
	}

	/**
	 * As OpenSSL has it (OPENSSL_RSA_MAX_PUBEXP_BITS); with more, one proof takes
	 * seconds.
	 */
	private static boolean isQuick(AsymmetricKeyParameter key) {
		return key instanceof RSAKeyParameters rsa && rsa.getExponent().bitLength() <= 64;
	}

	private static boolean verifies(Signer signer, AsymmetricKeyParameter key, byte[] signature, byte[] signed) {
		signer.init(false, key);
		signer.update(signed, 0, signed.length);
		return signer.verifySignature(signature);
	}

	private static boolean verifies(AsymmetricKeyParameter key, ByteBuffer signature, byte[] hash) {
		BigInteger r = new BigInteger(string(signature));
		BigInteger s = new BigInteger(string(signature));
		ECDSASigner signer = new ECDSASigner();
		signer.init(false, key);
		return signer.verifySignature(hash, r, s);
	}

	private static byte[] hash(Digest digest, byte[] text) {
		byte[] hash = new byte[digest.getDigestSize()];
		digest.update(text, 0, text.length);
		digest.doFinal(hash, 0);
		return hash;
	}

	private static String text(ByteBuffer from) {
		return new String(string(from), StandardCharsets.US_ASCII);
	}

	/** RFC 4251, section 5. */
	private static byte[] string(ByteBuffer from) {
		int length = from.getInt();
		if (length < 0 || length > from.remaining()) {
			throw new BufferUnderflowException();
		}
		byte[] string = new byte[length];
		from.get(string);
		return string;
	}

	private static void put(ByteArrayOutputStream to, byte[] string) {
		to.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(string.length).array());
		to.writeBytes(string);
	}

}
