package io.latchkey.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;

/**
 * One command that a node runs: a channel of the type {@code session} with the request
 * {@code exec} (RFC 4254, section 6.5). Waits for nothing but under the deadlines of its
 * {@link SshConnection}.
 */
public final class ExecChannel implements AutoCloseable {

	private final ChannelExec channel;

	private final ErrorOutput errors = new ErrorOutput();

	private final OutputStream out;

	private final InputStream in;

	private ExecChannel(ChannelExec channel, String command) throws IOException {
		this.channel = channel;
		channel.setCommand(command);
		channel.setErrStream(this.errors);
		this.out = channel.getOutputStream();
		this.in = channel.getInputStream();
	}

	static ExecChannel open(ChannelExec channel, String command) throws IOException {
		ExecChannel opened = new ExecChannel(channel, command);
		try {
			// without a time-out of its own JSch polls for the answer
			channel.connect();
			return opened;
		}
		catch (JSchException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
	}

	/** What the command reads. */
	public OutputStream out() {
		return this.out;
	}

	/** What it writes. */
	public InputStream in() {
		return this.in;
	}

	/** The end of what it wrote to its standard error, in one line, as it is shown. */
	public String errorLine() {
		return this.errors.line();
	}

	/**
	 * Waits until the channel is closed: only then its exit status is known. Says whether
	 * it was.
	 */
	public boolean awaitClose(Duration within) {
		return this.errors.awaitClose(within);
	}

	/** Less than 0 when it is not known. */
	public int exitStatus() {
		return this.channel.getExitStatus();
	}

	@Override
	public void close() {
		this.channel.disconnect();
	}

}
