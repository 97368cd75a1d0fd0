package io.latchkey.sshd;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * What a machine makes of a text with its host key.
 */
public final class HostKeySignature {

	private HostKeySignature() {
	}

	/** In one line of base64, as {@code ssh-keygen -Y sign} has it. */
	public static String of(SshKeyPair key, String namespace, String text) {
		try {
			Process process = new ProcessBuilder("ssh-keygen", "-Y", "sign", "-q", "-n", namespace, "-f",
					key.privateKey().toString())
				.start();
			try (OutputStream in = process.getOutputStream()) {
				in.write(text.getBytes(StandardCharsets.US_ASCII));
			}
			return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).lines()
				.filter((line) -> !line.startsWith("-"))
				.collect(Collectors.joining());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The public half without its comment. */
	public static String lineOf(SshKeyPair key) {
		String[] words = key.publicKey().split(" ");
		return words[0] + " " + words[1];
	}

}
