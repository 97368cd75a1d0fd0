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

	static Secret.PrivateKey.Usability usability(byte[] privateKey, byte[] passphrase) {
		KeyPair pair;
		try {
			pair = KeyPair.load(new JSch(), privateKey.clone(), null);
		}
		catch (JSchException | RuntimeException ex) {
			// JSch fails in many ways at what is no key; none of them says more
			return Secret.PrivateKey.Usability.UNREADABLE;
		}
		try {
			if (!pair.isEncrypted()) {
				return (pair.getPublicKeyBlob() != null) ? Secret.PrivateKey.Usability.USABLE
						: Secret.PrivateKey.Usability.UNREADABLE;
			}
			if (passphrase.length == 0) {
				return Secret.PrivateKey.Usability.PASSPHRASE_MISSING;
			}
			return pair.decrypt(passphrase.clone()) ? Secret.PrivateKey.Usability.USABLE
					: Secret.PrivateKey.Usability.PASSPHRASE_WRONG;
		}
		catch (RuntimeException ex) {
			return Secret.PrivateKey.Usability.PASSPHRASE_WRONG;
		}
		finally {
			pair.dispose();
		}
	}

}
