package io.latchkey.conversation.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.latchkey.Patience;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.changes.FileWriting;
import io.latchkey.conversation.files.ReadFile;
import org.jspecify.annotations.Nullable;

/**
 * The node-side script at work in a mount namespace of its own, whose {@code /bin/sh} is
 * one of several shells.
 */
public final class NodeSide implements AutoCloseable {

	private static final String NAMESPACE = """
			shell=$1
			[ "$shell" = /bin/sh ] || mount --bind "$shell" /bin/sh
			eval "$2"
			shift 2
			/bin/sh -c "$@"
			eval "$AFTERWARDS"
			""";

	private static final List<String> UNSHARE = unshare();

	private final Process process;

	private final OutputStream out;

	private final Answers answers;

	private String greeting = "";

	private boolean holds;

	private NodeSide(Process process) {
		this.process = process;
		this.out = process.getOutputStream();
		this.answers = new Answers(process.getInputStream(), new NoDeadlines());
	}

	public static boolean isPossible() {
		return !UNSHARE.isEmpty();
	}

	public static boolean isRoot() {
		return UNSHARE.size() == 2;
	}

	/** The shells that are installed. */
	public static List<String> shells() {
		return List.of("dash", "bash", "busybox", "ksh93", "mksh")
			.stream()
			.filter((shell) -> RequiresProgram.Lookup.find(shell).isPresent())
			.toList();
	}

	public static Builder under(String shell) {
		return new Builder(shell);
	}

	String greeting() {
		return this.greeting;
	}

	/** Sends a line and returns the first of the answer. */
	public String ask(String request) {
		send((request + "\n").getBytes(StandardCharsets.UTF_8));
		return line();
	}

	/** What is said of the accounts. */
	List<String> observe(String... queries) {
		return observeAll(queries).stream().filter((line) -> line.startsWith("account ")).toList();
	}

	/** The answers without the last, which says that they are all. */
	List<String> observeAll(String... queries) {
		List<String> lines = list("observe", "observed", queries);
		return lines.subList(0, lines.size() - 1);
	}

	/** The answers with the last. */
	List<String> files(String... accounts) {
		learn();
		return list("files", "listed (yes|no|unknown)", accounts);
	}

	/** The answers with the last. */
	List<String> logins(int most) {
		learn();
		List<String> lines = new ArrayList<>(List.of(ask("logins " + most)));
		while (lines.get(lines.size() - 1).startsWith("login ")) {
			lines.add(line());
		}
		return lines;
	}

	/** The answers with the last. */
	List<String> accounts(int most) {
		learn();
		List<String> lines = new ArrayList<>(List.of(ask("accounts " + most)));
		while (lines.get(lines.size() - 1).startsWith("name ")) {
			lines.add(line());
		}
		return lines;
	}

	private void learn() {
		learn(NodeScript.Words.ASK_SSHD);
	}

	public NodeSide learn(NodeScript.Words further) {
		byte[] words = further.text();
		send("learn %d\n".formatted(words.length).getBytes(StandardCharsets.UTF_8));
		send(words);
		if (!"learned".equals(line())) {
			throw new IllegalStateException("learned was expected");
		}
		return this;
	}

	private List<String> list(String request, String last, String... queries) {
		StringBuilder text = new StringBuilder(request + " " + queries.length);
		for (String query : queries) {
			text.append("\naccount ").append(query);
		}
		List<String> lines = new ArrayList<>(List.of(ask(text.toString())));
		while (!lines.get(lines.size() - 1).matches(last)) {
			lines.add(line());
		}
		return lines;
	}

	/** The answer, without what it says of a file that StrictModes does not refuse. */
	String write(String account, @Nullable String expected, byte[] content, String path) {
		return put("write", account, expected, content, path);
	}

	String hold(String token, int seconds, String account, @Nullable String expected, byte[] content, String path) {
		learnToHold();
		return put("hold %s %d".formatted(token, seconds), account, expected, content, path);
	}

	String confirm(String token, String account, String path) {
		learnToHold();
		return ask("confirm %s %s %s".formatted(token, account, path));
	}

	private void learnToHold() {
		if (!this.holds) {
			this.holds = true;
			learn(NodeScript.Words.HOLD);
		}
	}

	private String put(String request, String account, @Nullable String expected, byte[] content, String path) {
		String line = "%s %s %s %d%s %s\n".formatted(request, account, (expected != null) ? expected : "-",
				content.length, FileWriting.isShortText(content) ? "t" : "", path);
		send(line.getBytes(StandardCharsets.UTF_8));
		send(content);
		String answer = line();
		return answer.matches("(written|held) .* -") ? answer.substring(0, answer.length() - 2) : answer;
	}

	public byte[] read(String account, String path) {
		return content(ask("read %s %s".formatted(account, path)));
	}

	/** None when it could not be read. */
	Optional<byte[]> tryToRead(String account, String path) {
		String answer = ask("read %s %s".formatted(account, path));
		return answer.startsWith("failed ") ? Optional.empty() : Optional.of(content(answer));
	}

	private byte[] content(String answer) {
		try {
			return this.answers.bytes(ReadFile.size(answer));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public String line() {
		try {
			return this.answers.line();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(errors(), ex);
		}
	}

	/** Says end, and returns what is printed afterwards. */
	List<String> end() {
		List<String> lines = new ArrayList<>();
		try {
			String bye = ask("end");
			if (!"bye".equals(bye)) {
				throw new IllegalStateException(bye);
			}
			this.out.close();
			while (true) {
				lines.add(this.answers.line());
			}
		}
		catch (IOException ex) {
			return lines;
		}
	}

	/** Closes its input, and says whether it ended by itself. */
	boolean endsWithItsInput() throws Exception {
		this.out.close();
		return this.process.waitFor(Patience.of(Duration.ofSeconds(10)).toSeconds(), TimeUnit.SECONDS);
	}

	/** Kills the script at once, with all that still belongs to it. */
	void killShells() {
		this.process.descendants().forEach(ProcessHandle::destroyForcibly);
		this.process.destroyForcibly();
		this.process.onExit().join();
	}

	@Override
	public void close() {
		this.process.descendants().forEach(ProcessHandle::destroyForcibly);
		this.process.destroyForcibly();
	}

	void send(byte[] bytes) {
		try {
			this.out.write(bytes);
			this.out.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(errors(), ex);
		}
	}

	private String errors() {
		try {
			return new String(this.process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	private static List<String> unshare() {
		for (List<String> each : List.of(List.of("unshare", "--mount"),
				List.of("unshare", "--user", "--map-root-user", "--mount"))) {
			try {
				List<String> command = new ArrayList<>(each);
				command.addAll(List.of("mount", "-t", "tmpfs", "tmpfs", "/mnt"));
				if (new ProcessBuilder(command).start().waitFor() == 0) {
					return each;
				}
			}
			catch (IOException | InterruptedException ex) {
				return List.of();
			}
		}
		return List.of();
	}

	/**
	 * Prepares the namespace.
	 */
	public static final class Builder {

		private final String shell;

		private String setUp = ":";

		private String afterwards = ":";

		private Path home = Path.of("/nonexistent");

		private boolean ownProcesses;

		Builder(String shell) {
			this.shell = shell;
		}

		/** Commands that root runs before, in the namespace. */
		Builder setUp(String commands) {
			this.setUp = commands;
			return this;
		}

		/** Commands that root runs after the script has ended. */
		Builder afterwards(String commands) {
			this.afterwards = commands;
			return this;
		}

		public Builder home(Path folder) {
			this.home = folder;
			return this;
		}

		/** Numbers the processes from 1 on. */
		Builder withOwnProcesses() {
			this.ownProcesses = true;
			return this;
		}

		/** Starts the script and reads its greeting. */
		public NodeSide start(String mode) throws IOException {
			NodeSide side = begin(mode);
			side.send(Bootstrap.SIGN.getBytes(StandardCharsets.US_ASCII));
			side.send(Bootstrap.brought());
			side.greeting = side.line();
			Greeting.parse(side.greeting);
			return side;
		}

		/** Starts the shell that waits for what it is told. */
		NodeSide begin(String mode) throws IOException {
			List<String> command = new ArrayList<>(UNSHARE);
			if (this.ownProcesses) {
				command.addAll(List.of("--pid", "--fork"));
			}
			String binary = RequiresProgram.Lookup.find(this.shell).orElseThrow().toRealPath().toString();
			boolean already = Path.of("/bin/sh").toRealPath().equals(Path.of(binary));
			command.addAll(List.of("sh", "-c", NAMESPACE, "sh", already ? "/bin/sh" : binary, this.setUp,
					Bootstrap.bootstrap(), "latchkey-node", mode));
			ProcessBuilder builder = new ProcessBuilder(command);
			builder.environment().put("HOME", this.home.toString());
			builder.environment().put("AFTERWARDS", this.afterwards);
			return new NodeSide(builder.start());
		}

	}

}
