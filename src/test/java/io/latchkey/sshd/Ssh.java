package io.latchkey.sshd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * The real {@code ssh} client as judge: whether an account is let in on a node with a
 * key, or with a password. It reads no configuration, asks no agent and believes each
 * node's host key once.
 */
public final class Ssh {

	private static final TemporaryFolder FOLDER = new TemporaryFolder("latchkey-ssh");

	private static final AtomicInteger COUNT = new AtomicInteger();

	private static final int SSH_FAILED = 255;

	private final String address;

	private final int port;

	private final Path knownHosts;

	private final @Nullable String from;

	private Ssh(String address, int port, @Nullable String from) {
		this.address = address;
		this.port = port;
		this.from = from;
		this.knownHosts = FOLDER.path().resolve("known_hosts_" + COUNT.incrementAndGet());
	}

	public static Ssh to(SshdNode node) {
		return to(node.address(), node.port());
	}

	public static Ssh to(String address, int port) {
		return new Ssh(address, port, null);
	}

	/** The same, by connections that come from that address of this machine. */
	public Ssh from(String ownAddress) {
		return new Ssh(this.address, this.port, ownAddress);
	}

	/**
	 * Whether the account is let in with this key. A node that cannot be reached or
	 * breaks off is neither yes nor no: that throws.
	 */
	public boolean letsIn(String account, SshKeyPair key) {
		return letsIn(account, key.privateKey());
	}

	public boolean letsIn(String account, Path privateKey) {
		return judge(run(account, privateKey, "true"));
	}

	/** Whether the account is let in with this password. */
	public boolean letsInWithPassword(String account, String password) {
		return judge(runWithPassword(account, password, "true"));
	}

	/**
	 * Logs in with the key and runs the command. Exit status 255 is ssh's own failure.
	 */
	public ProgramRun run(String account, Path privateKey, String command) {
		return run(withKey(privateKey), Map.of(), account, command);
	}

	/** The same with all keys of an agent, which are offered one after the other. */
	public ProgramRun runWithAgent(String account, SshAgent agent, String command) {
		List<String> line = line(List.of("-o", "BatchMode=yes", "-o", "PreferredAuthentications=publickey"), account,
				command);
		line.replaceAll((word) -> switch (word) {
			case "IdentitiesOnly=yes" -> "IdentitiesOnly=no";
			case "IdentityAgent=none" -> "IdentityAgent=" + agent.socket();
			default -> word;
		});
		return ProgramRun.of(line, Map.of());
	}

	/** The same on a terminal, if the node grants one. */
	public ProgramRun runOnTerminal(String account, Path privateKey, String command) {
		List<String> options = new ArrayList<>(withKey(privateKey));
		options.add("-tt");
		return run(options, Map.of(), account, command);
	}

	private static List<String> withKey(Path privateKey) {
		return List.of("-o", "BatchMode=yes", "-o", "PreferredAuthentications=publickey", "-i", privateKey.toString());
	}

	public ProgramRun runWithPassword(String account, String password, String command) {
		return run(
				List.of("-o", "PreferredAuthentications=password", "-o", "NumberOfPasswordPrompts=1", "-o",
						"PubkeyAuthentication=no"),
				Map.of("SSH_ASKPASS", askPassword().toString(), "SSH_ASKPASS_REQUIRE", "force", "DISPLAY", "none",
						"LATCHKEY_TEST_PASSWORD", password),
				account, command);
	}

	/** Logs in with the key and stays, with a terminal or without. */
	public SshSession open(String account, SshKeyPair key, String... options) {
		List<String> authentication = new ArrayList<>(withKey(key.privateKey()));
		authentication.addAll(List.of(options));
		return SshSession.of(new ProcessBuilder(line(authentication, account, SshSession.command())));
	}

	private ProgramRun run(List<String> authentication, Map<String, String> environment, String account,
			String command) {
		return ProgramRun.of(line(authentication, account, command), environment);
	}

	private List<String> line(List<String> authentication, String account, String command) {
		List<String> line = new ArrayList<>(List.of("ssh", "-F", "none", "-T", "-o", "IdentitiesOnly=yes", "-o",
				"IdentityAgent=none", "-o", "StrictHostKeyChecking=accept-new", "-o", "GlobalKnownHostsFile=/dev/null",
				"-o", "UserKnownHostsFile=" + this.knownHosts, "-o",
				"KexAlgorithms=curve25519-sha256,ecdh-sha2-nistp256", "-o", "ConnectTimeout=10", "-o", "LogLevel=ERROR",
				"-p", Integer.toString(this.port)));
		line.addAll(authentication);
		if (this.from != null) {
			line.addAll(List.of("-b", this.from));
		}
		line.add(account + "@" + this.address);
		line.add(command);
		return line;
	}

	private static boolean judge(ProgramRun run) {
		if (run.exitStatus() != SSH_FAILED) {
			return true;
		}
		if (run.errorOutput().contains("Permission denied") || run.errorOutput().contains("Too many authentication")) {
			return false;
		}
		throw new IllegalStateException("ssh could not ask the node: " + run.errorOutput());
	}

	private static synchronized Path askPassword() {
		Path script = FOLDER.path().resolve("ask-password");
		if (Files.notExists(script)) {
			try {
				Files.writeString(script, "#!/bin/sh\nprintf '%s\\n' \"$LATCHKEY_TEST_PASSWORD\"\n");
				Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return script;
	}

}
