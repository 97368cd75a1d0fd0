package io.latchkey.conversation.files;

import java.util.List;

import io.latchkey.conversation.protocol.NodeFacts;
import org.jspecify.annotations.Nullable;

import org.springframework.modulith.NamedInterface;

/**
 * What a node said when it was looked at.
 *
 * @param facts of the node
 * @param accounts in the order in which they were asked for; an account comes as often as
 * it was asked for, with another path each time
 * @param sshdConfig a digest of sshd's configuration files, another one as soon as they
 * change, so that {@code FindKeyFiles} needs to be asked only then; null when they cannot
 * be read
 */
@NamedInterface("files")
public record Observation(NodeFacts facts, List<ObservedFile> accounts, @Nullable String sshdConfig) {

	public Observation {
		accounts = List.copyOf(accounts);
	}

}
