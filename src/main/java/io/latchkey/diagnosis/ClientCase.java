package io.latchkey.diagnosis;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.latchkey.diagnosis.ClientDiagnosis.Answer;
import io.latchkey.diagnosis.ClientDiagnosis.Key;
import io.latchkey.diagnosis.ClientDiagnosis.Standing;
import io.latchkey.diagnosis.client.ClientStory;
import io.latchkey.inventory.Node;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a try that a client told of.
 *
 * @param keys that it offered
 */
record ClientCase(ClientStory story, @Nullable Node node, @Nullable String account, List<Key> keys) {

	ClientCase {
		keys = List.copyOf(keys);
	}

	String nodeName() {
		return (this.node != null) ? this.node.name() : hostName();
	}

	String hostName() {
		return (this.story.host() != null) ? this.story.host() : "?";
	}

	String accountName() {
		return (this.account != null) ? this.account : "?";
	}

	/** Those that the server did not take, of this standing. */
	List<Key> refused(Standing standing) {
		return refused((key) -> key.standing() == standing);
	}

	List<Key> refused(Predicate<Key> which) {
		return this.keys.stream().filter((key) -> key.answer() != Answer.ACCEPTED).filter(which).distinct().toList();
	}

	/** The lines that hold one of these words. */
	List<String> lines(String... words) {
		return this.story.lines()
			.stream()
			.filter((line) -> Stream.of(words).anyMatch(line::contains))
			.distinct()
			.limit(5)
			.toList();
	}

	boolean says(String... words) {
		return !lines(words).isEmpty();
	}

	/** Whether the host key that the server showed is pinned for the node. */
	boolean isPinned() {
		return this.node != null && this.node.hostKeys()
			.stream()
			.anyMatch((pinned) -> pinned.key().fingerprint().equals(this.story.hostKey()));
	}

}
