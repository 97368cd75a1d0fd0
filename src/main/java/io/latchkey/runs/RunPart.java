package io.latchkey.runs;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;

/**
 * A feature's hand in the runs over nodes. Each is a bean in the room of its feature; the
 * runs find them, and know none by name. A part that throws while it acts costs nobody
 * but itself: the others act, and the node says which one broke off.
 *
 * @param <I> what it has to know of a node before it acts
 * @param <O> what it came to there
 */
public interface RunPart<I, O extends PartOutcome> {

	/**
	 * Names it among the parts; {@code finding.part.<name>} says for a person what it
	 * looks after.
	 */
	String name();

	/** When it has its turn. */
	Stage stage();

	/**
	 * Reads what it has to know, in the transaction at hand and for all nodes together:
	 * with a number of queries that does not depend on theirs. At nodes that are left out
	 * it has nothing to do.
	 */
	Map<NodeId, I> read(Collection<NodeId> nodes);

	/**
	 * Whether it has to know of lines that they are gone. That is known from what was
	 * read, and not from a glance.
	 */
	default boolean asksWhatIsGone(I input) {
		return false;
	}

	/**
	 * Acts on one node. Nothing of the database is touched here but for what has to be
	 * known before the node is, which {@link Intentions} take.
	 */
	O act(I input, Visit visit);

	/**
	 * Puts on record what has transactions of its own, since it locks what is locked
	 * before nodes are. It comes before the rest is put on record, and again where that
	 * fails.
	 */
	default void recordApart(PartOfRun<I, O> run) {
	}

	/**
	 * Puts on record what it came to at nodes of which it had something to know, in the
	 * transaction at hand; the nodes are locked. What is to be written goes into the
	 * batch.
	 */
	default void record(List<PartOfRun<I, O>> runs, StatementBatch batch) {
	}

	/** The turns of a run after the lines of all accounts were put right. */
	enum Stage {

		/** Other files are put right. */
		FILES,
		/** What has to wait until lines are known to be gone. */
		GONE

	}

}
