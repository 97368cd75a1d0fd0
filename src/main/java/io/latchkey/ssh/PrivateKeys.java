package io.latchkey.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;

/**
 * Opens private keys that people send.
 */
final class PrivateKeys {

	private PrivateKeys() {
	}

	static KeyUsability usability(byte[] privateKey, byte[] passphrase) {
		KeyPair pair;
		try {
			pair = KeyPair.load(new JSch(), privateKey.clone(), null);
		}
		catch (JSchException | RuntimeException ex) {
			// JSch fails in many ways at what is no key; none of them says more
			return KeyUsability.UNREADABLE;
		}
		try {
			if (!pair.isEncrypted()) {
				return (pair.getPublicKeyBlob() != null) ? KeyUsability.USABLE : KeyUsability.UNREADABLE;
			}
			if (passphrase.length == 0) {
				return KeyUsability.PASSPHRASE_MISSING;
			}
			return pair.decrypt(passphrase.clone()) ? KeyUsability.USABLE : KeyUsability.PASSPHRASE_WRONG;
		}
		catch (RuntimeException ex) {
			return KeyUsability.PASSPHRASE_WRONG;
		}
		finally {
			pair.dispose();
		}
	}

}
