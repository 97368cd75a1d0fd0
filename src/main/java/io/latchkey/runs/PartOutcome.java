package io.latchkey.runs;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** What a part of a run came to, as far as the run has to know. */
public interface PartOutcome {

	/** What stands in the way, for a person; the node counts as failed with any. */
	default List<String> problems() {
		return List.of();
	}

	/** What was found besides, for a person. */
	default List<String> warnings() {
		return List.of();
	}

	/** What was put on the node, each after its account. */
	default List<String> added() {
		return List.of();
	}

	/** What was taken off the node, each after its account. */
	default List<String> removed() {
		return List.of();
	}

	/** Whether the node is to be asked again soon, although it is well. */
	default boolean isWorthAnotherTry() {
		return false;
	}

	/** Whether the run is told of, although nothing else has changed. */
	default boolean isWorthTelling() {
		return false;
	}

	/** What the run says of it, for a person, or null. */
	default @Nullable String told() {
		return null;
	}

}
