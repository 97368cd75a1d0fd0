package io.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshdNode;

/**
 * What an administrator would write in a line: {@code xargs} over the nodes, sixteen at a
 * time, each with an {@code ssh} that puts the file there.
 */
final class SshLoop {

	/** Saves the client its post-quantum key exchange. */
	static final String TUNED = "KexAlgorithms=curve25519-sha256";

	private final Fleet fleet;

	private final Path folder;

	private final String account;

	SshLoop(Fleet fleet, Path folder, SshKeyPair login, String account) throws IOException {
		this.fleet = fleet;
		this.folder = Files.createDirectories(folder);
		this.account = account;
		Files.write(folder.resolve("nodes"),
				fleet.nodes().stream().map((node) -> node.port() + " " + node.address()).toList());
		Files.write(folder.resolve("known_hosts"), fleet.nodes().stream().map(SshLoop::knownHost).toList());
		Files.write(folder.resolve("config"),
				List.of("Host *", "  User root", "  IdentitiesOnly yes", "  IdentityAgent none",
						"  IdentityFile " + login.privateKey(), "  BatchMode yes", "  StrictHostKeyChecking yes",
						"  UserKnownHostsFile " + folder.resolve("known_hosts")));
	}

	Path configuration() {
		return this.folder.resolve("config");
	}

	String account() {
		return this.account;
	}

	/** What a node runs, with the keys on its standard input. */
	String command() {
		String there = "/home/%1$s/.ssh/authorized_keys".formatted(this.account);
		return "umask 077; cat >%1$s.new && chown %2$s: %1$s.new && mv %1$s.new %1$s".formatted(there, this.account);
	}

	/** Returns the CPU time of all the {@code ssh}. */
	Duration run(List<SshKeyPair> keys, String options) throws IOException, InterruptedException {
		Files.write(this.folder.resolve("keys"), keys.stream().map(SshKeyPair::publicKey).toList());
		Duration cpu = Program.run(this.folder, Map.of(),
				"xargs -P 16 -n 2 sh -c 'exec ssh -F config %s -p \"$@\" \"%s\" <keys' ssh <nodes".formatted(options,
						command()));
		this.fleet.mustHold(this.account, keys);
		return cpu;
	}

	private static String knownHost(SshdNode node) {
		return "[%s]:%d %s".formatted(node.address(), node.port(), node.hostKeys().get(0));
	}

}
