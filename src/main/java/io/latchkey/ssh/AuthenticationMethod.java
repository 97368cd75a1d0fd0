package io.latchkey.ssh;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.Session;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * A method of authentication (RFC 4252, section 5), with what it takes. Closing it wipes
 * what it holds.
 */
interface AuthenticationMethod extends AutoCloseable {

	/**
	 * Fetches what it takes, before the node is talked to.
	 * @throws NodeException when it is not to be had
	 */
	default void ready() {
	}

	/** JSch's settings for it. */
	Map<String, String> configuration();

	void offer(JSch jsch) throws JSchException;

	void offer(Session session);

	/** Whether it is a password, and not a key. */
	default boolean isPassword() {
		return false;
	}

	/**
	 * Of the key; there is none of a password.
	 */
	Fingerprint fingerprint();

	/** Whether the text tells a secret that the node was told. */
	boolean isRepeatedIn(String text);

	/** Whether one of the exceptions does, this one or what caused it. */
	default boolean isRepeatedIn(Throwable failure) {
		for (Throwable next = failure; next != null; next = next.getCause()) {
			if (isRepeatedIn(String.valueOf(next.getMessage()))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The one of Latchkey's own keys that signed last: the one that let it in, where it
	 * was let in by one.
	 */
	default @Nullable PublicKey signed() {
		return null;
	}

	/** What was not to be had during the login; null when nothing was missing. */
	default @Nullable NodeException failure() {
		return null;
	}

	@Override
	void close();

	/**
	 * Tried once: nodes count failures. The node is asked first which way it offers.
	 */
	record ByPassword(char[] password) implements AuthenticationMethod {

		@Override
		public Map<String, String> configuration() {
			return Map.of("PreferredAuthentications", "password,keyboard-interactive", "MaxAuthTries", "1");
		}

		@Override
		public void offer(JSch jsch) {
			// the session takes it
		}

		@Override
		public void offer(Session session) {
			ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(this.password));
			byte[] bytes = Arrays.copyOf(encoded.array(), encoded.limit());
			session.setPassword(bytes);
			session.setUserInfo(new PasswordPrompt(this.password));
			Arrays.fill(bytes, (byte) 0);
			Arrays.fill(encoded.array(), (byte) 0);
		}

		@Override
		public boolean isPassword() {
			return true;
		}

		@Override
		public Fingerprint fingerprint() {
			throw new UnsupportedOperationException("A password has no fingerprint");
		}

		@Override
		public boolean isRepeatedIn(String text) {
			return this.password.length > 0 && text.contains(CharBuffer.wrap(this.password));
		}

		@Override
		public void close() {
			Arrays.fill(this.password, '\0');
		}

	}

	/**
	 * Signs at once: asking which methods there are, and whether the key would do, costs
	 * a round trip each.
	 *
	 * @param passphrase empty when the key has none
	 */
	record ByKey(byte[] privateKey, byte[] passphrase) implements AuthenticationMethod {

		@Override
		public Map<String, String> configuration() {
			return configuration(1);
		}

		static Map<String, String> configuration(int keys) {
			return Map.of("PreferredAuthentications", "publickey," + LoginRefusal.NO_METHOD, "MaxAuthTries",
					Integer.toString(keys), "enable_auth_none", "no", "enable_pubkey_auth_query", "no");
		}

		@Override
		public void offer(JSch jsch) throws JSchException {
			byte[] passphraseOrNull = (this.passphrase.length > 0) ? this.passphrase : null;
			jsch.addIdentity("key", this.privateKey, null, passphraseOrNull);
		}

		@Override
		public void offer(Session session) {
			// JSch has it
		}

		@Override
		public Fingerprint fingerprint() {
			try {
				KeyPair pair = KeyPair.load(new JSch(), this.privateKey.clone(), null);
				byte[] publicKey = pair.getPublicKeyBlob();
				pair.dispose();
				return Fingerprint.of(publicKey);
			}
			catch (JSchException ex) {
				throw new IllegalStateException("The key cannot be read", ex);
			}
		}

		/** A key never leaves Latchkey. */
		@Override
		public boolean isRepeatedIn(String text) {
			return false;
		}

		@Override
		public void close() {
			Arrays.fill(this.privateKey, (byte) 0);
			Arrays.fill(this.passphrase, (byte) 0);
		}

	}

}
