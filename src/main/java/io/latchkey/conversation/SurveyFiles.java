package io.latchkey.conversation;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The same as {@link ObserveFiles}; what is answered tells as well how to glance at all
 * of that.
 */
record SurveyFiles(List<FileQuery> queries) implements Request<SurveyFiles.Surveyed> {

	SurveyFiles {
		queries = List.copyOf(queries);
	}

	@Override
	public String text(Peer peer) {
		return ObservationReading.text("survey", this.queries, peer);
	}

	@Override
	public Optional<NodeScript.Words> words() {
		return ObservationReading.words(this.queries);
	}

	@Override
	public Surveyed read(Reply reply) throws IOException {
		ObservationReading reading = new ObservationReading(this.queries, reply);
		Observation observation = reading.read();
		return new Surveyed(observation, reading.seen());
	}

	/**
	 * What was found.
	 *
	 * @param seen nothing where it could not be told again
	 */
	record Surveyed(Observation observation, Optional<Seen> seen) {

	}

}
