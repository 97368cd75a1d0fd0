package io.latchkey.openssh;

import java.util.Arrays;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * A public key: its type and its blob (RFC 4253, section 6.6). Two are equal when their
 * blobs are. Numbers and names that OpenSSH takes in more than one form stand in the blob
 * in the form that it writes itself.
 */
public final class PublicKey {

	private final KeyType type;

	private final KeyMaterial material;

	private final byte[] blob;

	private final boolean certificate;

	/** Once it was asked for: a line is asked many times, and a file has many lines. */
	private @Nullable Fingerprint fingerprint;

	private PublicKey(KeyType type, KeyMaterial material, byte[] blob, boolean certificate) {
		this.type = type;
		this.material = material;
		this.blob = blob;
		this.certificate = certificate;
	}

	/**
	 * Parses {@code type base64} without options and comment.
	 * @throws InvalidKeyException when it is not a public key; the message says what was
	 * wrong, and where
	 */
	public static PublicKey parse(String text) throws InvalidKeyException {
		KeyField field = KeyField.read(text);
		if (!field.rest().isEmpty()) {
			throw new InvalidKeyException("Text follows the key at character "
					+ (text.length() - field.rest().length() + 1) + ". Expected its type and its base64 alone");
		}
		return of(field);
	}

	/** The key of a field, which has to be of the type that the field names. */
	static PublicKey of(KeyField field) throws InvalidKeyException {
		PublicKey key = of(field.blob());
		if (key.type != field.type() || key.certificate != field.type().isCertificateNamed(field.name())) {
			throw new InvalidKeyException(
					"The text says that the key is " + field.name() + ", its base64 says " + key.type());
		}
		return key;
	}

	/** A public key of a blob as it came from the wire. */
	public static PublicKey of(byte[] blob) throws InvalidKeyException {
		WireReader reader = new WireReader(blob);
		String name = reader.text("type");
		KeyType type = KeyType.declared(name)
			.orElseThrow(() -> new InvalidKeyException("The key declares a type that OpenSSH does not know"));
		PublicKey key = type.isCertificateNamed(name) ? certificate(type, reader, blob) : plain(type, reader);
		reader.expectEnd();
		return key;
	}

	private static PublicKey certificate(KeyType type, WireReader reader, byte[] blob) throws InvalidKeyException {
		reader.string("nonce");
		KeyMaterial material = KeyMaterial.read(type, reader);
		byte[] authority = CertificateBody.check(reader);
		of(authority);
		return new PublicKey(type, material, blob.clone(), true);
	}

	private static PublicKey plain(KeyType type, WireReader reader) throws InvalidKeyException {
		KeyMaterial material = KeyMaterial.read(type, reader);
		return new PublicKey(type, material, plainBlob(type, material), false);
	}

	private static byte[] plainBlob(KeyType type, KeyMaterial material) {
		WireWriter writer = new WireWriter().text(type.sshName());
		material.write(writer);
		return writer.toByteArray();
	}

	/** The type as sshd names it, such as {@code ssh-ed25519}. */
	public String type() {
		return this.certificate ? this.type.certificateName() : this.type.sshName();
	}

	/**
	 * The algorithm for people: {@code ED25519}, {@code RSA}, {@code ECDSA},
	 * {@code ED25519-SK}, as ssh-keygen -l has it.
	 */
	public String algorithm() {
		return this.certificate ? this.type.algorithm() + "-CERT" : this.type.algorithm();
	}

	/** The size that {@code ssh-keygen -l} prints. */
	public int bits() {
		return this.material.bits();
	}

	/**
	 * The fingerprint that {@code ssh-keygen -l} prints: that of the key inside, when it
	 * is a certificate.
	 */
	public Fingerprint fingerprint() {
		Fingerprint known = this.fingerprint;
		if (known == null) {
			known = Fingerprint.of(this.certificate ? plainBlob(this.type, this.material) : this.blob);
			this.fingerprint = known;
		}
		return known;
	}

	public boolean isCertificate() {
		return this.certificate;
	}

	/** A copy of the blob. */
	public byte[] blob() {
		return this.blob.clone();
	}

	/** {@code type base64}, as in a line of {@code authorized_keys}. */
	public String render() {
		return type() + " " + Base64.getEncoder().encodeToString(this.blob);
	}

	KeyType keyType() {
		return this.type;
	}

	KeyMaterial material() {
		return this.material;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof PublicKey key && Arrays.equals(this.blob, key.blob);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.blob);
	}

	@Override
	public String toString() {
		return render();
	}

}
