package io.latchkey.ssh;

import java.util.function.Consumer;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import io.latchkey.openssh.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * One of Latchkey's own keys as it is offered to a node. Says when it signs: of several,
 * the node has taken the last that did.
 */
final class OfferedKey implements Identity {

	private final PublicKey publicKey;

	private final Signing signing;

	private final Runnable discard;

	private final Consumer<PublicKey> signed;

	private OfferedKey(PublicKey publicKey, Signing signing, Runnable discard, Consumer<PublicKey> signed) {
		this.publicKey = publicKey;
		this.signing = signing;
		this.discard = discard;
		this.signed = signed;
	}

	/**
	 * @param privateKey in a format that JSch reads
	 */
	static OfferedKey of(PublicKey publicKey, byte[] privateKey, Consumer<PublicKey> signed) throws JSchException {
		KeyPair pair = KeyPair.load(new JSch(), privateKey, null);
		return new OfferedKey(publicKey, pair::getSignature, pair::dispose, signed);
	}

	/** One that the agent holds. */
	static OfferedKey of(PublicKey publicKey, Identity held, Consumer<PublicKey> signed) {
		return new OfferedKey(publicKey, held::getSignature, held::clear, signed);
	}

	@Override
	public byte @Nullable [] getSignature(byte[] text) {
		return getSignature(text, getAlgName());
	}

	@Override
	public byte @Nullable [] getSignature(byte[] text, String algorithm) {
		this.signed.accept(this.publicKey);
		return this.signing.sign(text, algorithm);
	}

	@Override
	public boolean setPassphrase(byte @Nullable [] passphrase) {
		return true;
	}

	@Override
	public byte[] getPublicKeyBlob() {
		return this.publicKey.blob();
	}

	@Override
	public String getAlgName() {
		return this.publicKey.type();
	}

	@Override
	public String getName() {
		return this.publicKey.fingerprint().toString();
	}

	@Override
	public boolean isEncrypted() {
		return false;
	}

	@Override
	public void clear() {
		this.discard.run();
	}

	/** How a signature is made. */
	@FunctionalInterface
	private interface Signing {

		byte @Nullable [] sign(byte[] text, String algorithm);

	}

}
