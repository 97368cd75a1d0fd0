package io.latchkey.passwords;

import java.time.Instant;
import java.util.List;

import io.latchkey.core.Actor;
import org.jspecify.annotations.Nullable;

/**
 * The last change of the nodes of a cluster.
 *
 * @param actor who asked for it
 * @param underWay whether it goes on; where it does not and a node waits, Latchkey ended
 * in the midst of it
 * @param nodes by name
 */
public record PasswordRound(long id, String cluster, PasswordChoice choice, Actor actor, Instant askedAt,
		boolean underWay, List<OnNode> nodes) {

	public PasswordRound {
		nodes = List.copyOf(nodes);
	}

	/** The same, of these nodes. */
	PasswordRound with(List<OnNode> nodes) {
		return new PasswordRound(this.id, this.cluster, this.choice, this.actor, this.askedAt, this.underWay, nodes);
	}

	/** How many nodes nothing became of yet. */
	public long waiting() {
		return this.nodes.stream().filter((each) -> each.outcome() == Outcome.WAITING).count();
	}

	/** Whether nothing goes on although there are nodes that wait. */
	public boolean broken() {
		return !this.underWay && waiting() > 0;
	}

	/**
	 * What became of one node.
	 *
	 * @param state what its sshd was seen to do; null while it waits
	 * @param detail why it was left as it was, for a person, or null
	 */
	public record OnNode(String node, Outcome outcome, @Nullable PasswordState state, @Nullable String detail) {

	}

	/** What became of it. */
	public enum Outcome {

		/** Nothing yet. */
		WAITING,

		DONE,

		/** It is as it was, or will be: the node undoes what is not proved. */
		LEFT

	}

}
