package io.latchkey.runs;

import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;

import io.latchkey.conversation.NodeConversation;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Decides which nodes are to be cleared: nothing of Latchkey's is to stand there any
 * more, and everything else stays, in whatever mode the node was. The runs take off what
 * they placed; the last step is taken here.
 */
public interface Clearing {

	/**
	 * Those of these nodes that are to be cleared, in the transaction at hand and with a
	 * number of queries that does not depend on theirs.
	 */
	Map<NodeId, Standing> of(Collection<NodeId> nodes);

	/**
	 * The last step, when all else is known to be gone: what lets Latchkey in goes.
	 * @param files of the management account
	 * @param afresh logs in anew, and throws
	 * {@link io.latchkey.ssh.NodeException.NotLetIn} when that is refused
	 * @return what is in the way, for a person, or null when the node is clear
	 */
	@Nullable String takeLastStep(Visit visit, Collection<String> files, Supplier<NodeConversation> afresh);

	/** The node is clear, which is put on record. */
	void recordCleared(Node node);

	/** How far a node has come. */
	enum Standing {

		/** Latchkey is still let in, as far as it knows. */
		UNDER_WAY,
		/** The last step was taken or begun: a login that is refused proves it. */
		LAST_STEP

	}

}
