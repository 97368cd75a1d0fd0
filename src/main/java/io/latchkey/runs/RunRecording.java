package io.latchkey.runs;

import java.util.List;

import io.latchkey.core.StatementBatch;

/**
 * A feature that has no hand in the runs, and puts on record what they found. Each is a
 * bean in the room of its feature, as a {@link RunPart} is.
 */
public interface RunRecording {

	/**
	 * In the transaction at hand; the nodes are locked. What is to be written goes into
	 * the batch, and what is read takes a number of queries that does not depend on that
	 * of the runs.
	 */
	void record(List<FinishedRun> runs, StatementBatch batch);

}
