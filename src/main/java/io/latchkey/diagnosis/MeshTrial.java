package io.latchkey.diagnosis;

import java.time.Duration;
import java.util.List;

/**
 * Which nodes of a cluster let in which others, as tried just now.
 *
 * @param account as which it was tried
 * @param nodes the names of all nodes
 * @param attempts one for each node and each other
 */
public record MeshTrial(String account, List<String> nodes, List<Attempt> attempts, Duration took) {

	/**
	 * A login from one node to another.
	 *
	 * @param detail why it failed, for a person; empty when it succeeded
	 */
	public record Attempt(String from, String to, boolean succeeded, String detail) {

	}

	public long countFailed() {
		return this.attempts.stream().filter((attempt) -> !attempt.succeeded()).count();
	}

}
