package io.latchkey.runs;

/** Who works for many runs at once waits a moment more while there are many. */
public interface RunsUnderWay {

	/** How many there are whose nodes answer. */
	int answering();

}
