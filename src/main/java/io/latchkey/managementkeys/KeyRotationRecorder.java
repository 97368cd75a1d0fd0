package io.latchkey.managementkeys;

import java.util.List;

import io.latchkey.core.StatementBatch;
import io.latchkey.runs.FinishedRun;
import io.latchkey.runs.KeyStanding;
import io.latchkey.runs.RunRecording;

import org.springframework.stereotype.Component;

/** Notes how far nodes have come on their way to another management key. */
@Component
class KeyRotationRecorder implements RunRecording {

	private final KeyRotations rotations;

	KeyRotationRecorder(KeyRotations rotations) {
		this.rotations = rotations;
	}

	@Override
	public void record(List<FinishedRun> runs, StatementBatch batch) {
		for (FinishedRun run : runs) {
			KeyStanding standing = run.ending().standing();
			if (standing != null) {
				this.rotations.note(run.node().id(), standing);
			}
		}
	}

}
