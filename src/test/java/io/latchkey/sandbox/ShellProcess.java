package io.latchkey.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/**
 * A command that runs for a session: a real process of {@code /bin/sh} in the node's
 * home. As under sshd it is not killed when the session ends, but its streams are closed.
 */
class ShellProcess implements Command {

	private static final String SHELL = "/bin/sh";

	private static final String PATH = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin";

	private final SandboxNode node;

	private final @Nullable String requested;

	private InputStream in = InputStream.nullInputStream();

	private OutputStream out = OutputStream.nullOutputStream();

	private OutputStream err = OutputStream.nullOutputStream();

	private @Nullable ExitCallback exit;

	private @Nullable Process process;

	/**
	 * @param requested the command, or null for a shell to type into
	 */
	ShellProcess(SandboxNode node, @Nullable String requested) {
		this.node = node;
		this.requested = requested;
	}

	@Override
	public void setInputStream(InputStream in) {
		this.in = in;
	}

	@Override
	public void setOutputStream(OutputStream out) {
		this.out = out;
	}

	@Override
	public void setErrorStream(OutputStream err) {
		this.err = err;
	}

	@Override
	public void setExitCallback(ExitCallback callback) {
		this.exit = callback;
	}

	@Override
	public void start(ChannelSession session, Environment environment) throws IOException {
		SandboxChannel channel = (SandboxChannel) session;
		LoginOptions options = channel.options();
		String command = (options.command() != null) ? options.command() : this.requested;
		ProcessBuilder builder = new ProcessBuilder(commandLine(command, channel, environment.getEnv()))
			.directory(this.node.home().toFile());
		setEnvironment(builder.environment(), channel, environment.getEnv());
		Process started = builder.start();
		this.process = started;
		this.node.started(started);
		pump("in", this.in, started.getOutputStream(), true);
		Thread output = pump("out", started.getInputStream(), this.out, false);
		Thread errorOutput = pump("err", started.getErrorStream(), this.err, false);
		thread("exit", () -> awaitEnd(started, output, errorOutput));
	}

	@Override
	public void destroy(ChannelSession session) throws IOException {
		Process started = this.process;
		if (started != null) {
			started.getOutputStream().close();
			started.getInputStream().close();
			started.getErrorStream().close();
		}
	}

	private static List<String> commandLine(@Nullable String command, SandboxChannel channel,
			Map<String, String> environment) {
		if (channel.hasTerminal()) {
			return Terminal.around((command != null) ? command : "exec " + SHELL + " -i",
					number(environment.get(Environment.ENV_LINES), "24"),
					number(environment.get(Environment.ENV_COLUMNS), "80"));
		}
		return (command != null) ? List.of(SHELL, "-c", command) : List.of(SHELL);
	}

	private static String number(@Nullable String text, String otherwise) {
		return (text != null && text.matches("[1-9]\\d{0,3}")) ? text : otherwise;
	}

	private void setEnvironment(Map<String, String> environment, SandboxChannel channel, Map<String, String> sent) {
		environment.clear();
		environment.putAll(Map.of("HOME", this.node.home().toString(), "USER", SandboxNode.ACCOUNT, "LOGNAME",
				SandboxNode.ACCOUNT, "SHELL", SHELL, "PATH", PATH, "PS1",
				"%s@%s$ ".formatted(SandboxNode.ACCOUNT, this.node.name())));
		if (channel.hasTerminal()) {
			environment.put("TERM", sent.getOrDefault(Environment.ENV_TERM, "dumb"));
		}
		LoginOptions options = channel.options();
		environment.putAll(options.environment());
		if (options.command() != null && this.requested != null) {
			environment.put("SSH_ORIGINAL_COMMAND", this.requested);
		}
	}

	private void awaitEnd(Process started, Thread output, Thread errorOutput) {
		try {
			output.join();
			errorOutput.join();
			Objects.requireNonNull(this.exit).onExit(started.waitFor());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Thread pump(String name, InputStream from, OutputStream to, boolean close) {
		return thread(name, () -> {
			try {
				copy(from, to);
				if (close) {
					to.close();
				}
			}
			catch (IOException ex) {
				closeQuietly(from);
			}
		});
	}

	private static void copy(InputStream from, OutputStream to) throws IOException {
		byte[] buffer = new byte[8192];
		for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
			to.write(buffer, 0, count);
			to.flush();
		}
	}

	/** The other side is gone: whoever still writes shall notice. */
	private static void closeQuietly(InputStream stream) {
		try {
			stream.close();
		}
		catch (IOException ex) {
			// Nobody is left to tell.
		}
	}

	private Thread thread(String name, Runnable work) {
		Thread thread = new Thread(work, "%s-%s".formatted(this.node.name(), name));
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

}
