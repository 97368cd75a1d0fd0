package io.latchkey.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;

/**
 * Seals secrets with AES-256-GCM under data keys, which lie in the database wrapped under
 * a key that lies outside of it. What is sealed or vouched for names the data key, so
 * that it outlives the change of keys.
 */
public class SecretVault {

	/** Of a code that was cut short, in bytes. */
	static final int SHORTEST_CODE = 16;

	/** Of all that is sealed: a byte of 1, and the id of the data key. */
	private static final int PREFIX = 5;

	private final Keyring keyring;

	private final Predicate<String> isDeclared;

	/**
	 * @param isDeclared whether a context is that of a {@link SealedColumn}
	 */
	SecretVault(Keyring keyring, Predicate<String> isDeclared) {
		this.keyring = keyring;
		this.isDeclared = isDeclared;
	}

	/**
	 * @param context binds the sealed bytes to their place, as
	 * {@code table:column:rowId}; the same must be given to open them
	 * @throws IllegalStateException when no {@link SealedColumn} tells of that place: a
	 * rotation would not find it
	 */
	public byte[] seal(byte[] secret, String context) {
		if (!this.isDeclared.test(context)) {
			throw new IllegalStateException("No SealedColumn tells of " + context);
		}
		try {
			return this.keyring.fresh().aead().encrypt(secret, context.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Could not seal " + context, ex);
		}
	}

	/**
	 * @throws SecretUnreadableException when the bytes were sealed for another place or
	 * under another key, or were changed
	 */
	public byte[] open(byte[] sealed, String context) {
		try {
			return keysOf(sealed).aead().decrypt(sealed, context.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new SecretUnreadableException(context, ex);
		}
	}

	private Keys keysOf(byte[] sealed) {
		return (sealed.length > PREFIX) ? this.keyring.knowing(HexFormat.of().formatHex(sealed, 1, PREFIX))
				: this.keyring.known();
	}

	/**
	 * Signs under a key of its own: strangers may have as much signed as they like. The
	 * same on every instance.
	 * @param purpose what is signed for one isn't taken for another
	 */
	public Signer signer(String purpose) {
		String context = "signed:" + purpose;
		return new Signer((text) -> authenticate(text, context), (text, code) -> vouches(code, text, context));
	}

	/**
	 * What only a holder of the data key can make of the message: HMAC-SHA256 (RFC 2104)
	 * under a key of its own for the context, 32 bytes. Another after the data key was
	 * changed: {@link #vouches} knows both.
	 * @param context binds it to its place, as {@code table:column:rowId}
	 */
	byte[] authenticate(byte[] message, String context) {
		return this.keyring.known().current().derive(context).authenticate(message);
	}

	/**
	 * The same for as long as the installation lives, whatever keys are changed: for what
	 * is to be recognized, and opens nothing.
	 */
	public byte[] recognizable(byte[] message, String context) {
		return this.keyring.known().oldest().derive(context).authenticate(message);
	}

	/**
	 * Whether that is what {@link #authenticate} makes of the message, or made of it
	 * under a former key, or the first 16 bytes of that or more.
	 */
	boolean vouches(byte[] code, byte[] message, String context) {
		Keys known = this.keyring.known();
		if (known.vouch(code, message, context)) {
			return true;
		}
		Keys fresh = this.keyring.fresh();
		return fresh != known && fresh.vouch(code, message, context);
	}

	/**
	 * Signs what is to be proved to somebody who has no key of the vault: Ed25519 (RFC
	 * 8032) under a key of its own for the purpose, which changes with the data key.
	 */
	public Signature sign(byte[] message, String purpose) {
		return Signature.of(this.keyring.known().current(), message, purpose);
	}

	/** The public keys of those that signed for the purpose, the current one first. */
	public List<String> verifyingKeys(String purpose) {
		return this.keyring.fresh().newestFirst().map((key) -> Signature.publicKey(key, purpose)).toList();
	}

	/**
	 * The same as {@link #authenticate}, with the data key that did it:
	 * {@code <id of the key>.<code>}, both in hex.
	 */
	public String attest(byte[] message, String context) {
		SymmetricKey current = this.keyring.known().current();
		return current.id() + "." + HexFormat.of().formatHex(current.derive(context).authenticate(message));
	}

	/**
	 * Whether that attests the message. One that names no key is from before there were
	 * several.
	 */
	public boolean attests(String attestation, byte[] message, String context) {
		String code = attestation.substring(attestation.indexOf('.') + 1);
		if (!code.matches("[0-9a-f]{64}")) {
			return false;
		}
		if (code.equals(attestation)) {
			return vouches(HexFormat.of().parseHex(code), message, context);
		}
		String id = attestation.substring(0, attestation.indexOf('.'));
		return this.keyring.knowing(id)
			.find(id)
			.filter((key) -> MessageDigest.isEqual(HexFormat.of().parseHex(code),
					key.derive(context).authenticate(message)))
			.isPresent();
	}

}
