package io.latchkey.sshd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.Patience;
import org.jspecify.annotations.Nullable;

/**
 * A node: one real {@code sshd} on a loopback address of its own. Where the tests run as
 * root it has the accounts root, deploy, alice and latchkey with homes of their own;
 * otherwise the calling user's account alone, whose real home is not touched. Address,
 * port and homes stay when it is stopped and started.
 */
public final class SshdNode {

	private static final Duration START_DEADLINE = Patience.of(Duration.ofSeconds(20));

	private static final List<String> HOST_KEY_TYPES = List.of("ed25519", "ecdsa");

	private final Path folder;

	private final Isolation isolation;

	private final Accounts accounts;

	private final List<String> addresses;

	private final int port;

	private @Nullable Process process;

	SshdNode(Path folder, Isolation isolation, List<String> addresses, List<String> configuration) throws IOException {
		this.folder = Files.createDirectories(folder);
		this.isolation = isolation;
		this.addresses = List.copyOf(addresses);
		this.port = freePort(address());
		Files.createDirectories(folder.resolve("log"));
		this.accounts = new Accounts(folder, isolation);
		makeHostKeys();
		Files.write(folder.resolve("sshd_config"), configuration(configuration));
	}

	public String address() {
		return this.addresses.get(0);
	}

	/** All that it listens on, with the same port; the first is its own. */
	public List<String> addresses() {
		return this.addresses;
	}

	public int port() {
		return this.port;
	}

	/** The accounts that can log in. */
	public Set<String> accounts() {
		return this.accounts.names();
	}

	/** Adds an account, at once, whatever its name is; an existing one stays. */
	public void addAccount(String name) {
		try {
			this.accounts.add(name);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The password of every account, for a first login. */
	public String password() {
		return Accounts.PASSWORD;
	}

	/** The fingerprints of the host keys, the ed25519 one first. */
	public List<String> hostKeyFingerprints() {
		return HOST_KEY_TYPES.stream()
			.map((type) -> ProgramRun.of("ssh-keygen", "-l", "-f", hostKey(type).toString()).orThrow().output())
			.map((line) -> line.split(" ")[1])
			.toList();
	}

	/** The public halves of the host keys, one line each, the ed25519 one first. */
	public List<String> hostKeys() {
		return HOST_KEY_TYPES.stream().map((type) -> read(Path.of(hostKey(type) + ".pub")).strip()).toList();
	}

	/** The home of an account, as seen from outside the node. */
	public Path home(String account) {
		return this.accounts.home(account);
	}

	/** The account's {@code authorized_keys}, which may not exist yet. */
	public Path authorizedKeys(String account) {
		return home(account).resolve(".ssh/authorized_keys");
	}

	/**
	 * Writes the account's {@code authorized_keys} with these lines, owner and modes as
	 * sshd wants them.
	 */
	public void authorize(String account, String... lines) {
		try {
			Path file = authorizedKeys(account);
			Files.createDirectories(file.getParent());
			this.accounts.own(account, file.getParent(), "rwx------");
			Files.write(file, List.of(lines));
			this.accounts.own(account, file, "rw-------");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Gives a file to the account, with these permissions, such as {@code rwx------}.
	 */
	public void own(String account, Path file, String permissions) {
		try {
			this.accounts.own(account, file, permissions);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Gives the account another login shell, at once. */
	public void setShell(String account, String shell) {
		try {
			this.accounts.setShell(account, shell);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Gives the account this in place of a password's hash, at once; null gives it the
	 * password of every account.
	 */
	public void setPasswordHash(String account, @Nullable String hash) {
		try {
			this.accounts.setShadow(account, 1, (hash != null) ? hash : Accounts.PASSWORD_HASH);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sets the day on which the account's password was changed last, in days since 1970,
	 * at once; 0 has it changed at the next login.
	 */
	public void setPasswordChangedOn(String account, long day) {
		try {
			this.accounts.setShadow(account, 2, Long.toString(day));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Sets the last day of the account, in days since 1970, at once; null for none. */
	public void setLastDay(String account, @Nullable Long day) {
		try {
			this.accounts.setShadow(account, 7, (day != null) ? day.toString() : "");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Replaces {@code /etc/sudoers}, at once; without lines by what it was at first. */
	public void setSudoers(String... lines) {
		try {
			this.accounts.setSudoers((lines.length > 0) ? List.of(lines) : Accounts.SUDOERS);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Runs a command as root inside of the node, where {@code /root} and {@code /home}
	 * are the node's: to mount a full or read-only disk there, for instance. What is
	 * mounted so is gone when the node stops.
	 */
	public ProgramRun runInside(String... command) {
		if (this.isolation != Isolation.OWN_ACCOUNTS) {
			throw new IllegalStateException("This node has no namespaces of its own: it takes root");
		}
		List<String> line = new ArrayList<>(
				List.of("nsenter", "--mount", "--pid", "--wd=/", "--target", Long.toString(supervisor().pid()), "--"));
		line.addAll(List.of(command));
		return ProgramRun.of(line.toArray(String[]::new)).orThrow();
	}

	/**
	 * Puts lines into its {@code sshd_config}, before all others: the first value counts.
	 * They count when it is started again.
	 */
	public void configure(String... lines) {
		try {
			Files.write(this.folder.resolve("sshd_config"), configuration(List.of(lines)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void logTo(SshdLog log) throws IOException {
		Files.writeString(this.folder.resolve("log-to"), log.name());
	}

	/** Where the node's {@code /var/log} stands, as seen from outside of it. */
	public Path logs() {
		return this.folder.resolve("log");
	}

	/** Starts it and waits until it greets. */
	public void start() {
		if (this.process != null) {
			throw new IllegalStateException("It runs already");
		}
		try {
			Process started = new ProcessBuilder(this.isolation.command(script(), this.folder))
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(errors().toFile()))
				.start();
			this.process = started;
			awaitGreeting(started);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Stops it at once, with every connection and every process that it started, as when
	 * the machine loses its power. Does nothing when it does not run.
	 */
	public void stop() {
		Process running = this.process;
		if (running == null) {
			return;
		}
		this.process = null;
		List<ProcessHandle> all = Stream.concat(running.descendants(), Stream.of(running.toHandle())).toList();
		if (this.isolation == Isolation.OWN_ACCOUNTS) {
			all.stream().filter((each) -> !each.equals(running.toHandle())).forEach(ProcessHandle::destroyForcibly);
		}
		else {
			all.forEach(ProcessHandle::destroyForcibly);
		}
		await(running);
	}

	public void restart() {
		stop();
		start();
	}

	/**
	 * Makes it mute: connections are still taken by the kernel, but nothing answers.
	 */
	public void pause() {
		signal("-STOP");
	}

	public void resume() {
		signal("-CONT");
	}

	/** Makes it mute to those who come, while the sessions that are open go on. */
	public void pauseListening() {
		signalListener("-STOP");
	}

	public void resumeListening() {
		signalListener("-CONT");
	}

	/** Restarts it with new host keys, as a machine that was installed anew. */
	public SshdNode withNewHostKey() {
		stop();
		makeHostKeys();
		start();
		return this;
	}

	/** The process that holds sshd and all that it starts together. */
	public long pid() {
		return running().pid();
	}

	/** What sshd wrote to its log, and what went wrong before it had one. */
	public String log() {
		Path log = this.folder.resolve("log/sshd.log");
		return (Files.exists(errors()) ? read(errors()) : "") + (Files.exists(log) ? read(log) : "");
	}

	@Override
	public String toString() {
		return address() + ":" + this.port;
	}

	private List<String> configuration(List<String> more) {
		List<String> lines = new ArrayList<>(more);
		this.addresses.forEach((each) -> lines.add("ListenAddress " + each));
		lines.addAll(List.of("Port " + this.port, "PidFile none", "UsePAM no", "PermitRootLogin yes",
				"PubkeyAuthentication yes", "PasswordAuthentication yes", "KbdInteractiveAuthentication no",
				"MaxStartups 500", "MaxSessions 100", "LoginGraceTime 30", "LogLevel VERBOSE", "UseDNS no",
				"PrintMotd no", "PrintLastLog no"));
		if (this.isolation == Isolation.OWN_ACCOUNTS) {
			lines.add("StrictModes yes");
			lines.add("AuthorizedKeysFile .ssh/authorized_keys");
			HOST_KEY_TYPES.forEach((type) -> lines.add("HostKey /mnt/node/" + this.folder.relativize(hostKey(type))));
		}
		else {
			// The folder lies below the temporary one, which everybody may write to.
			lines.add("StrictModes no");
			String home = home(accounts().iterator().next()).toString();
			lines.add("AuthorizedKeysFile \"%s/.ssh/authorized_keys\"".formatted(home));
			lines.add("SetEnv \"HOME=%s\"".formatted(home));
			HOST_KEY_TYPES.forEach((type) -> lines.add("HostKey \"%s\"".formatted(hostKey(type))));
		}
		if (OpenSshVersion.installed().isAtLeast(9, 8)) {
			lines.add("PerSourcePenalties no");
		}
		return lines;
	}

	private void makeHostKeys() {
		for (String type : HOST_KEY_TYPES) {
			try {
				Files.deleteIfExists(hostKey(type));
				Files.deleteIfExists(Path.of(hostKey(type) + ".pub"));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			SshKeys.generate(hostKey(type), type, "-C", "host");
		}
	}

	private Path hostKey(String type) {
		return this.folder.resolve("ssh_host_" + type + "_key");
	}

	private Path errors() {
		return this.folder.resolve("log/errors.log");
	}

	private Path script() throws IOException {
		Path script = this.folder.resolve("node.sh");
		try (var content = SshdNode.class.getResourceAsStream("/sshd/node.sh")) {
			if (content == null) {
				throw new IllegalStateException("There is no sshd/node.sh");
			}
			Files.write(script, content.readAllBytes(), StandardOpenOption.CREATE,
					StandardOpenOption.TRUNCATE_EXISTING);
		}
		return script;
	}

	private void awaitGreeting(Process started) {
		long deadline = System.nanoTime() + START_DEADLINE.toNanos();
		while (!greets()) {
			if (!started.isAlive() || System.nanoTime() > deadline) {
				stop();
				throw new IllegalStateException("sshd on %s did not start:%n%s".formatted(this, log()));
			}
			LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
		}
	}

	private boolean greets() {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(address(), this.port), 1000);
			socket.setSoTimeout(2000);
			byte[] greeting = socket.getInputStream().readNBytes(4);
			return "SSH-".equals(new String(greeting, StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			return false;
		}
	}

	private ProcessHandle supervisor() {
		Process running = running();
		return running.children().findFirst().orElseThrow(() -> new IllegalStateException("It does not run"));
	}

	private Process running() {
		Process running = this.process;
		if (running == null) {
			throw new IllegalStateException("It does not run");
		}
		return running;
	}

	private void signal(String signal) {
		Stream<ProcessHandle> sshd = (this.isolation == Isolation.OWN_ACCOUNTS) ? supervisor().descendants()
				: running().descendants();
		String pids = sshd.map((each) -> Long.toString(each.pid())).collect(Collectors.joining(" "));
		// One of them may have ended by itself meanwhile.
		ProgramRun.of("sh", "-c", "for pid in %s; do kill %s $pid || ! kill -0 $pid; done".formatted(pids, signal))
			.orThrow();
	}

	private void signalListener(String signal) {
		ProcessHandle above = (this.isolation == Isolation.OWN_ACCOUNTS) ? supervisor() : running().toHandle();
		String listener = above.children()
			.filter((each) -> each.info().command().filter((command) -> command.endsWith("/sshd")).isPresent())
			.map((each) -> Long.toString(each.pid()))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("It does not listen"));
		ProgramRun.of("kill", signal, listener).orThrow();
	}

	private static void await(Process process) {
		try {
			process.getOutputStream().close();
			if (!process.waitFor(Patience.of(Duration.ofSeconds(10)).toSeconds(), TimeUnit.SECONDS)) {
				process.destroyForcibly();
				throw new IllegalStateException("The node did not stop");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while a node was stopping", ex);
		}
	}

	private static int freePort(String address) throws IOException {
		try (ServerSocket socket = new ServerSocket()) {
			socket.bind(new InetSocketAddress(address, 0));
			return socket.getLocalPort();
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
