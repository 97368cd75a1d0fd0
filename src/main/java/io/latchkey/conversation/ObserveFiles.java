package io.latchkey.conversation;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads what the accounts' files hash to; contents do not come along. */
public record ObserveFiles(List<FileQuery> queries) implements Request<Observation> {

	public ObserveFiles {
		queries = List.copyOf(queries);
	}

	/** For one file, where a node has named it. */
	public static ObserveFiles at(String account, String path) {
		return new ObserveFiles(List.of(FileQuery.at(account, path)));
	}

	@Override
	public String text(Peer peer) {
		return ObservationReading.text("observe", this.queries, peer);
	}

	@Override
	public Optional<NodeScript.Words> words() {
		return ObservationReading.words(this.queries);
	}

	@Override
	public Observation read(Reply reply) throws IOException {
		return new ObservationReading(this.queries, reply).read();
	}

}
