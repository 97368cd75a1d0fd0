package io.latchkey.internodefiles;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has become of a node's inter-node keys so far. */
final class InterNodeTally {

	private final List<InterNodeOutcome.Learned> learned = new ArrayList<>();

	private final Map<String, String> obstacles = new LinkedHashMap<>();

	private final List<String> warnings = new ArrayList<>();

	private final List<String> written = new ArrayList<>();

	private final List<String> removed = new ArrayList<>();

	void learn(InterNodeOutcome.Learned pair) {
		this.learned.add(pair);
	}

	/** What stands in the way in an account, for a person. */
	void noteObstacle(String account, String text) {
		this.obstacles.put(account, text);
	}

	void warn(String text) {
		this.warnings.add(text);
	}

	void noteWritten(String account, String file) {
		this.written.add(account + ": " + file);
	}

	void noteRemoved(String account, String file) {
		this.removed.add(account + ": " + file);
	}

	InterNodeOutcome outcome() {
		return new InterNodeOutcome(this.learned, this.obstacles, this.warnings, this.written, this.removed);
	}

}
