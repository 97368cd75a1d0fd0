package io.latchkey.sshd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A session that the {@code ssh} client holds open until it is closed, or ended by the
 * node.
 */
public final class SshSession implements AutoCloseable {

	private static final String READY = "ready";

	private final Process ssh;

	private SshSession(Process ssh) {
		this.ssh = ssh;
	}

	/** Waits until the remote command runs. */
	static SshSession of(ProcessBuilder builder) {
		try {
			Process ssh = builder.redirectErrorStream(true).start();
			SshSession session = new SshSession(ssh);
			String said = new String(ssh.getInputStream().readNBytes(READY.length()), StandardCharsets.US_ASCII);
			if (!READY.equals(said)) {
				session.close();
				throw new IllegalStateException("ssh opened no session: " + said);
			}
			return session;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What the node is told to run: it says so, and then waits for its input. */
	static String command() {
		return "printf " + READY + "; exec cat";
	}

	/** Whether the node still answers in it. */
	public boolean isOpen() {
		try {
			this.ssh.getOutputStream().write('.');
			this.ssh.getOutputStream().flush();
			return this.ssh.getInputStream().read() == '.';
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Whether it ended by itself within that time. */
	public boolean endsWithin(Duration time) {
		try {
			return this.ssh.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	@Override
	public void close() {
		this.ssh.destroyForcibly();
	}

}
