package io.latchkey.sandbox;

import java.io.IOException;
import java.net.BindException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The nodes of the cluster {@value #CLUSTER}, which listen from port {@value #FIRST_PORT}
 * on; where one is taken, on the next that is free.
 */
class Sandbox implements AutoCloseable {

	static final String CLUSTER = "rnmcluster02";

	private static final int SIZE = 4;

	private static final int FIRST_PORT = 2221;

	private static final int TRIES = 1000;

	private final SandboxFolder folder;

	private final List<SandboxNode> nodes = new ArrayList<>();

	private int nextSpare = FIRST_PORT + SIZE;

	Sandbox(SandboxFolder folder, Clock clock) throws IOException {
		this.folder = folder;
		for (int i = 1; i <= SIZE; i++) {
			String name = "%s-node%02d".formatted(CLUSTER, i);
			this.nodes.add(new SandboxNode(name, folder.nodeFolder(name), folder.nodePassword(), clock));
		}
	}

	void start() throws IOException {
		for (int i = 0; i < SIZE; i++) {
			start(this.nodes.get(i), FIRST_PORT + i);
		}
		PrivateFile.write(this.folder.knownHosts(), knownHosts());
	}

	/**
	 * What lets the visitor in on the node, as a shell takes it. It brings the node's
	 * host key, so that ssh asks nothing and leaves nothing in the visitor's own files.
	 */
	String loginCommand(SandboxNode node) {
		return "ssh -i %s -o UserKnownHostsFile=%s -p %d %s@%s".formatted(
				quoted(this.folder.keyOf(SandboxPeople.VISITOR).path().toString()),
				quoted(quotedForSsh(this.folder.knownHosts().toString())), node.port(), SandboxNode.ACCOUNT,
				SandboxNode.ADDRESS);
	}

	List<SandboxNode> nodes() {
		return List.copyOf(this.nodes);
	}

	/** Counted from one, as in their names. */
	SandboxNode node(int number) {
		return this.nodes.get(number - 1);
	}

	@Override
	public void close() throws IOException {
		for (SandboxNode node : this.nodes) {
			node.close();
		}
	}

	private String knownHosts() {
		return this.nodes.stream()
			.map((node) -> "[%s]:%d %s%n".formatted(SandboxNode.ADDRESS, node.port(), node.hostKey()))
			.collect(Collectors.joining());
	}

	/** ssh takes what is parted by blanks for several files. */
	private static String quotedForSsh(String path) {
		return path.contains(" ") ? '"' + path + '"' : path;
	}

	private static String quoted(String word) {
		return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
	}

	private void start(SandboxNode node, int port) throws IOException {
		try {
			node.start(port);
		}
		catch (BindException ex) {
			if (this.nextSpare >= FIRST_PORT + TRIES) {
				throw ex;
			}
			start(node, this.nextSpare++);
		}
	}

}
