package io.latchkey.sshd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.latchkey.Patience;
import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/**
 * A real {@code ssh-agent} at a socket of its own. It is gone when the JVM ends.
 */
public final class SshAgent implements AutoCloseable {

	private static final TemporaryFolder FOLDER = new TemporaryFolder("latchkey-agents");

	private final Path socket;

	private @Nullable Process process;

	private SshAgent(String name) {
		this.socket = FOLDER.path().resolve(name);
		Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-ssh-agent"));
	}

	public static SshAgent named(String name) {
		return new SshAgent(name);
	}

	public Path socket() {
		return this.socket;
	}

	/** Starts one that holds these keys and no others. */
	public SshAgent start(SshKeyPair... keys) {
		close();
		try {
			Files.deleteIfExists(this.socket);
			this.process = new ProcessBuilder("ssh-agent", "-D", "-a", this.socket.toString()).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		await().atMost(Patience.of(Duration.ofSeconds(10))).until(() -> Files.exists(this.socket));
		for (SshKeyPair key : keys) {
			add(key);
		}
		return this;
	}

	public void add(SshKeyPair key) {
		sshAdd(Map.of(), "-q", key.privateKey().toString());
	}

	public void remove(SshKeyPair key) {
		sshAdd(Map.of(), "-q", "-d", key.privateKey().toString());
	}

	/** Until it is unlocked it holds its keys back. */
	public void lock() {
		sshAdd(passphrase(), "-x");
	}

	public void unlock() {
		sshAdd(passphrase(), "-X");
	}

	/** In its place something listens that takes connections and never says a word. */
	public ServerSocketChannel hang() {
		close();
		try {
			Files.deleteIfExists(this.socket);
			ServerSocketChannel mute = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
			mute.bind(UnixDomainSocketAddress.of(this.socket));
			return mute;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Kills it; the socket stays behind. */
	@Override
	public void close() {
		if (this.process != null) {
			this.process.destroyForcibly();
			try {
				this.process.waitFor(Patience.of(Duration.ofSeconds(10)).toSeconds(), TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			this.process = null;
		}
	}

	private static Map<String, String> passphrase() {
		try {
			Path answer = FOLDER.path().resolve("passphrase.sh");
			if (Files.notExists(answer)) {
				Files.writeString(answer, "#!/bin/sh\necho secret\n");
				Files.setPosixFilePermissions(answer, PosixFilePermissions.fromString("rwx------"));
			}
			return Map.of("SSH_ASKPASS", answer.toString(), "SSH_ASKPASS_REQUIRE", "force", "DISPLAY", "none:0");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void sshAdd(Map<String, String> more, String... arguments) {
		Map<String, String> environment = new java.util.HashMap<>(more);
		environment.put("SSH_AUTH_SOCK", this.socket.toString());
		List<String> command = new java.util.ArrayList<>(List.of("ssh-add"));
		command.addAll(List.of(arguments));
		ProgramRun.of(command, environment).orThrow();
	}

}
