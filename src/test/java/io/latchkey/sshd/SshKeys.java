package io.latchkey.sshd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes key pairs with {@code ssh-keygen}. They are gone when the JVM ends.
 */
public final class SshKeys {

	private static final TemporaryFolder FOLDER = new TemporaryFolder("latchkey-keys");

	private static final AtomicInteger COUNT = new AtomicInteger();

	private SshKeys() {
	}

	/** An ed25519 key pair. */
	public static SshKeyPair generate() {
		return generate("ed25519");
	}

	/**
	 * @param type as for {@code ssh-keygen -t}
	 * @param options more of its options, such as {@code -b 2048} or {@code -C comment}
	 */
	public static SshKeyPair generate(String type, String... options) {
		return generate(FOLDER.path().resolve("id_%s_%d".formatted(type, COUNT.incrementAndGet())), type, options);
	}

	/** From now on the private half is encrypted, in the old PEM format. */
	public static void encrypt(SshKeyPair key, String passphrase) {
		ProgramRun
			.of("ssh-keygen", "-q", "-p", "-m", "PEM", "-P", "", "-N", passphrase, "-f", key.privateKey().toString())
			.orThrow();
	}

	static SshKeyPair generate(Path file, String type, String... options) {
		List<String> command = new ArrayList<>(
				List.of("ssh-keygen", "-q", "-N", "", "-f", file.toString(), "-t", type));
		command.addAll(List.of(options));
		ProgramRun.of(command.toArray(String[]::new)).orThrow();
		return read(file);
	}

	private static SshKeyPair read(Path file) {
		Path publicFile = file.resolveSibling(file.getFileName() + ".pub");
		try {
			String fingerprint = ProgramRun.of("ssh-keygen", "-l", "-f", publicFile.toString()).orThrow().output();
			return new SshKeyPair(file, Files.readString(publicFile).strip(), fingerprint.split(" ")[1]);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
