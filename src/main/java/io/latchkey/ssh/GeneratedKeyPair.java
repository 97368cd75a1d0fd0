package io.latchkey.ssh;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.KeyPairKind;
import io.latchkey.openssh.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * A key pair that was made here and is nowhere else yet.
 */
public final class GeneratedKeyPair implements AutoCloseable {

	/** As ssh-keygen has it since OpenSSH 9.4. */
	private static final int BCRYPT_ROUNDS = 24;

	private final KeyPair pair;

	private final PublicKey publicKey;

	private GeneratedKeyPair(KeyPair pair, PublicKey publicKey) {
		this.pair = pair;
		this.publicKey = publicKey;
	}

	/**
	 * Makes one. RSA takes its time.
	 * @param comment in one line
	 */
	public static GeneratedKeyPair generate(KeyPairKind kind, String comment) {
		try {
			KeyPair pair = switch (kind) {
				case ED25519 -> KeyPair.genKeyPair(new JSch(), KeyPair.ED25519);
				case ECDSA_256 -> KeyPair.genKeyPair(new JSch(), KeyPair.ECDSA, 256);
				case ECDSA_384 -> KeyPair.genKeyPair(new JSch(), KeyPair.ECDSA, 384);
				case ECDSA_521 -> KeyPair.genKeyPair(new JSch(), KeyPair.ECDSA, 521);
				case RSA_3072 -> KeyPair.genKeyPair(new JSch(), KeyPair.RSA, 3072);
				case RSA_4096 -> KeyPair.genKeyPair(new JSch(), KeyPair.RSA, 4096);
			};
			pair.setPublicKeyComment(comment);
			return new GeneratedKeyPair(pair, PublicKey.of(pair.getPublicKeyBlob()));
		}
		catch (JSchException | InvalidKeyException ex) {
			throw new IllegalStateException("Could not make a key pair", ex);
		}
	}

	public PublicKey publicKey() {
		return this.publicKey;
	}

	/** In OpenSSH's format, as it stands; to be wiped by who asked. */
	public byte[] privateKey() {
		return write(null);
	}

	/**
	 * In OpenSSH's format, encrypted with AES-256 in CTR mode by a key that bcrypt makes
	 * of the passphrase.
	 */
	public byte[] privateKey(byte[] passphrase) {
		return write(passphrase);
	}

	private byte[] write(byte @Nullable [] passphrase) {
		try (WipedOutput written = new WipedOutput()) {
			this.pair.writeOpenSSHv1PrivateKey(written, passphrase, BCRYPT_ROUNDS);
			return written.toByteArray();
		}
		catch (JSchException ex) {
			throw new IllegalStateException("Could not write the private key", ex);
		}
	}

	@Override
	public void close() {
		this.pair.dispose();
	}

	/** Of whose buffer nothing is left. Those that it outgrew are small parts. */
	private static final class WipedOutput extends ByteArrayOutputStream {

		private static final int MOST = 8 * 1024;

		WipedOutput() {
			super(MOST);
		}

		@Override
		public void close() {
			Arrays.fill(this.buf, (byte) 0);
		}

	}

}
