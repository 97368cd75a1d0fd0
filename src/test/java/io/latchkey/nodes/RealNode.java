package io.latchkey.nodes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.latchkey.Patience;
import io.latchkey.sshd.ProgramRun;
import io.latchkey.sshd.Ssh;

/**
 * A running node on a system's root folder, which it leaves as it is. Its server comes
 * with the system's own configuration, but for the loopback address and the port. It has
 * the accounts root, alice, deploy and latchkey with one password; latchkey may do all by
 * sudo.
 */
final class RealNode implements AutoCloseable {

	static final String PASSWORD = "first-login-4711";

	/** SHA-512 crypt of {@link #PASSWORD}. */
	private static final String PASSWORD_HASH = "$6$latchkeytest$JrXRHkYb/nEl2ifJ1mcJEIwSWa1sBbPKML/r9s5g640UNEhnOiyfOfOp"
			+ "/OKOKJjT0MDbeExYnzAY.y6.zK7vI1";

	private static final Duration START_DEADLINE = Patience.of(Duration.ofSeconds(30));

	/**
	 * The next address that a judge comes from: a server that is angry at one is not at
	 * others.
	 */
	private static final AtomicInteger JUDGES = new AtomicInteger();

	private final String name;

	private final String address;

	private final int port;

	private final Process process;

	private final long inside;

	RealNode(Path root, String name, String address) throws IOException {
		this.name = name;
		this.address = address;
		this.port = freePort(address);
		this.process = new ProcessBuilder("unshare", "--mount", "--pid", "--uts", "--fork", "--propagation", "private",
				"sh", "-c", script("node.sh"), "node.sh", root.toString(), name)
			.redirectErrorStream(true)
			.start();
		BufferedReader said = this.process.inputReader(StandardCharsets.UTF_8);
		List<String> lines = new ArrayList<>();
		for (String line = said.readLine(); !"ready".equals(line); line = said.readLine()) {
			if (line == null) {
				throw new IOException("%s did not start: %s".formatted(name, lines));
			}
			lines.add(line);
		}
		this.inside = this.process.children().findFirst().orElseThrow().pid();
		run(script("furnish.sh"), PASSWORD_HASH).orThrow();
	}

	String name() {
		return this.name;
	}

	String address() {
		return this.address;
	}

	int port() {
		return this.port;
	}

	/** Runs a script as root inside of the node. */
	ProgramRun run(String script, String... arguments) {
		List<String> command = new ArrayList<>(List.of("nsenter", "--mount", "--pid", "--uts", "--root", "--wd",
				"--target", Long.toString(this.inside), "--", "/bin/sh", "-c", script, "sh"));
		command.addAll(List.of(arguments));
		return ProgramRun.of(command.toArray(String[]::new));
	}

	/** What a script says that must not fail, without the last line's end. */
	String ask(String script, String... arguments) {
		return run(script, arguments).orThrow().output().strip();
	}

	/**
	 * Starts sshd, or starts it afresh while its sessions stay.
	 * @param configuration more lines for its sshd_config(5), before the system's own
	 */
	void serveSshd(Log log, String... configuration) {
		run("printf '%s\\n' \"$1\" >/etc/ssh/sshd_config.d/10-more.conf", String.join("\n", configuration)).orThrow();
		serve("sshd", log.name().toLowerCase(java.util.Locale.ROOT), this.address, Integer.toString(this.port));
	}

	void serveDropbear() {
		serve("dropbear", this.address, Integer.toString(this.port));
	}

	private void serve(String... arguments) {
		run(script("serve.sh"), arguments).orThrow();
		awaitGreeting();
	}

	/** The server's version as it greets, such as {@code OpenSSH_9.2p1 Debian-2}. */
	String version() {
		return greeting().replaceFirst("^SSH-2.0-", "").strip();
	}

	/** The fingerprint of its ed25519 host key. */
	String hostKey(NodeKind.Server server) {
		String line = (server == NodeKind.Server.SSHD) ? ask("cat /etc/ssh/ssh_host_ed25519_key.pub")
				: ask("dropbearkey -y -f /etc/dropbear/dropbear_ed25519_host_key | grep ^ssh-");
		return ProgramRun.of("sh", "-c", "printf '%s\\n' \"$1\" | ssh-keygen -l -f -", "sh", line)
			.orThrow()
			.output()
			.split(" ")[1];
	}

	/** A judge that comes from an address of its own. */
	Ssh judge() {
		int number = JUDGES.getAndIncrement();
		return Ssh.to(this.address, this.port).from("127.88.%d.%d".formatted(1 + number / 250 % 250, 1 + number % 250));
	}

	/** Writes the account's file with these bytes, owner and modes as sshd wants them. */
	void authorize(String account, String content) {
		run("""
				home=$(getent passwd "$1" | cut -d : -f 6)
				install -d -m 700 -o "$1" "$home/.ssh"
				printf '%s' "$2" >"$home/.ssh/authorized_keys"
				chown "$1" "$home/.ssh/authorized_keys"
				chmod 600 "$home/.ssh/authorized_keys"
				""", account, content).orThrow();
	}

	/** The bytes of the account's file; empty when there is none. */
	String authorized(String account) {
		return run("cat \"$(getent passwd \"$1\" | cut -d : -f 6)/.ssh/authorized_keys\"", account).output();
	}

	/** What the server and others wrote to their logs. */
	String log() {
		return run("tail -n 200 /var/log/started.log /var/log/auth.log /var/log/sshd.log; "
				+ "journalctl -q --no-pager -n 100")
			.output();
	}

	@Override
	public void close() {
		try {
			this.process.getOutputStream().close();
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void awaitGreeting() {
		long deadline = System.nanoTime() + START_DEADLINE.toNanos();
		while (greeting().isEmpty()) {
			if (System.nanoTime() > deadline) {
				throw new IllegalStateException("The server of %s does not greet: %s".formatted(this.name, log()));
			}
			LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
		}
	}

	/**
	 * Comes from an address of its own, too: to connect without a login costs a penalty.
	 */
	private String greeting() {
		try (Socket socket = new Socket()) {
			socket.bind(new InetSocketAddress("127.87.0.1", 0));
			socket.connect(new InetSocketAddress(this.address, this.port), 1000);
			socket.setSoTimeout(2000);
			byte[] buffer = new byte[255];
			int length = socket.getInputStream().read(buffer);
			String said = (length > 0) ? new String(buffer, 0, length, StandardCharsets.US_ASCII) : "";
			return said.startsWith("SSH-") ? said.lines().findFirst().orElse("") : "";
		}
		catch (IOException ex) {
			return "";
		}
	}

	private static int freePort(String address) throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
			return socket.getLocalPort();
		}
	}

	private static String script(String name) {
		try (var content = RealNode.class.getResourceAsStream("/nodes/" + name)) {
			return new String(Objects.requireNonNull(content).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Where sshd's log goes. */
	enum Log {

		/** By rsyslog to {@code /var/log/auth.log}. */
		AUTHLOG,
		/** To systemd's journal. */
		JOURNAL,
		/** To a file by {@code sshd -E}. */
		FILE

	}

}
