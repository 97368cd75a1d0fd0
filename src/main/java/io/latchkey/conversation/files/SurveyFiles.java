package io.latchkey.conversation.files;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.Peer;
import io.latchkey.conversation.protocol.Reply;
import io.latchkey.conversation.protocol.Request;

/**
 * The same as {@link ObserveFiles}; what is answered tells as well how to glance at all
 * of that.
 */
public record SurveyFiles(List<FileQuery> queries) implements Request<SurveyFiles.Surveyed> {

	public SurveyFiles {
		queries = List.copyOf(queries);
	}

	@Override
	public String text(Peer peer) {
		return ObservationReading.text("survey", this.queries, peer);
	}

	@Override
	public List<NodeScript.Words> words() {
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
	public record Surveyed(Observation observation, Optional<Seen> seen) {

	}

}
