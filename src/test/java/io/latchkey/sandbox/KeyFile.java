package io.latchkey.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;

import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.keyprovider.KeyPairProvider;

/**
 * An ed25519 key pair in a file of OpenSSH's format, without a passphrase, made when it
 * is not there yet.
 */
record KeyFile(Path path) {

	private static final int KEY_SIZE = 256;

	static KeyFile at(Path path) {
		if (Files.notExists(path)) {
			make(path);
		}
		return new KeyFile(path);
	}

	/** {@code type base64}, without a comment. */
	String publicKey() {
		return PublicKeyEntry.toString(provider().loadKeys(null).iterator().next().getPublic());
	}

	FileKeyPairProvider provider() {
		return new FileKeyPairProvider(this.path);
	}

	private static void make(Path path) {
		try {
			KeyPair pair = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, KEY_SIZE);
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			String comment = path.getFileName().toString();
			OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, comment, null, out);
			PrivateFile.write(path, out.toString(StandardCharsets.US_ASCII));
			Files.writeString(path.resolveSibling(comment + ".pub"),
					PublicKeyEntry.toString(pair.getPublic()) + " " + comment + "\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This JVM makes no ed25519 keys", ex);
		}
	}

}
