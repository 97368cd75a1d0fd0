package io.latchkey.conversation.files;

import java.io.IOException;
import java.util.List;

import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.Peer;
import io.latchkey.conversation.protocol.Reply;
import io.latchkey.conversation.protocol.Request;

import org.springframework.modulith.NamedInterface;

/** Reads what the accounts' files hash to; contents do not come along. */
@NamedInterface("files")
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
	public List<NodeScript.Words> words() {
		return ObservationReading.words(this.queries);
	}

	@Override
	public Observation read(Reply reply) throws IOException {
		return new ObservationReading(this.queries, reply).read();
	}

}
