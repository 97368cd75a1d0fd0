package io.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshdNode;

/**
 * A program that runs one command on many nodes, and hands each the file of keys on its
 * standard input.
 */
enum ParallelShell {

	CLUSH("clush", "clush -S -f 32 --hostfile=hosts -o '-F config'"),

	PARALLEL_SSH("parallel-ssh", "parallel-ssh -h hosts -p 32 -t 60 -x '-F config' -I");

	private final String program;

	private final String line;

	ParallelShell(String program, String line) {
		this.program = program;
		this.line = line;
	}

	String program() {
		return this.program;
	}

	/**
	 * Returns the CPU time of it and its {@code ssh}.
	 * @param loop which has the {@code ssh} settings, and the command for a node
	 */
	Duration run(SshLoop loop, Fleet fleet, Path folder, List<SshKeyPair> keys)
			throws IOException, InterruptedException {
		Files.createDirectories(folder);
		Files.write(folder.resolve("hosts"), fleet.names());
		Files.write(folder.resolve("config"), configuration(loop, fleet));
		Files.write(folder.resolve("keys"), keys.stream().map(SshKeyPair::publicKey).toList());
		Duration cpu = Program.run(folder, Map.of(), "%s '%s' <keys".formatted(this.line, loop.command()));
		fleet.mustHold(loop.account(), keys);
		return cpu;
	}

	private static List<String> configuration(SshLoop loop, Fleet fleet) throws IOException {
		List<String> lines = new ArrayList<>();
		for (int i = 0; i < fleet.size(); i++) {
			SshdNode node = fleet.nodes().get(i);
			lines.add("Host " + fleet.name(i));
			lines.add("  HostName " + node.address());
			lines.add("  Port " + node.port());
		}
		lines.addAll(Files.readAllLines(loop.configuration()));
		lines.add("  " + SshLoop.TUNED.replace('=', ' '));
		return lines;
	}

}
