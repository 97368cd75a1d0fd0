package io.latchkey.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshdNode;

/**
 * The nodes, looked at from outside of Latchkey.
 */
record Fleet(List<SshdNode> nodes) {

	int size() {
		return this.nodes.size();
	}

	/** The first part of them. */
	Fleet first(int count) {
		return new Fleet(this.nodes.subList(0, count));
	}

	/** All but the first. */
	Fleet from(int count) {
		return new Fleet(this.nodes.subList(count, this.nodes.size()));
	}

	List<String> names() {
		return IntStream.range(0, size()).mapToObj(this::name).toList();
	}

	String name(int index) {
		return "node%04d".formatted(index);
	}

	/** Root's file lets in this key and has these lines besides, and no others. */
	void letIn(SshKeyPair bare, String... lines) {
		String[] all = Stream.concat(Stream.of(bare.publicKey()), Stream.of(lines)).toArray(String[]::new);
		this.nodes.forEach((node) -> node.authorize("root", all));
	}

	Lap measure(Step step) throws Exception {
		Duration sshd = cpu();
		long start = System.nanoTime();
		Duration client = step.run();
		return new Lap(Duration.ofNanos(System.nanoTime() - start), client, cpu().minus(sshd));
	}

	Duration cpu() {
		return Cpu.ofTrees(this.nodes.stream().map(SshdNode::pid).toList());
	}

	/** An account that never had a file, but the folder for it. */
	void empty(String account) {
		this.nodes.forEach((node) -> {
			node.authorize(account);
			try {
				Files.delete(node.authorizedKeys(account));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	/** Throws unless the account lets in these keys and no others on each node. */
	void mustHold(String account, Collection<SshKeyPair> keys) {
		Set<String> expected = keys.stream().map(SshKeyPair::publicKey).map(Fleet::key).collect(Collectors.toSet());
		for (SshdNode node : this.nodes) {
			Set<String> there = keysOf(node.authorizedKeys(account));
			if (!there.equals(expected)) {
				throw new IllegalStateException("%s of %s holds %d keys, and not those %d that it should"
					.formatted(node.authorizedKeys(account), node, there.size(), expected.size()));
			}
		}
	}

	private static Set<String> keysOf(Path file) {
		try {
			return Files.notExists(file) ? Set.of()
					: Files.readAllLines(file)
						.stream()
						.filter((line) -> !line.isBlank() && !line.startsWith("#"))
						.map(Fleet::key)
						.collect(Collectors.toSet());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String key(String line) {
		return line.substring(line.indexOf("AAAA")).split(" ", 2)[0];
	}

}
