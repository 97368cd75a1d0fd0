package io.latchkey.api.clusters;

import java.time.Instant;
import java.util.List;

import io.latchkey.internode.Generation;
import io.latchkey.internode.InterNode;
import io.latchkey.internode.InterNodeStrategy;
import io.latchkey.internode.GenerationPhase;
import io.latchkey.nodestate.InterNodeState;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * The inter-node keys of a cluster and how far they are.
 *
 * @param generations the oldest first; two while the newer takes the place of the older
 */
record InterNodeAnswer(InterNodeStrategy strategy, @Nullable String account, List<GenerationAnswer> generations,
		List<NodeAnswer> nodes) {

	static InterNodeAnswer of(InterNode interNode, List<InterNodeState> states) {
		return new InterNodeAnswer(interNode.strategy(), interNode.account(),
				interNode.generations().stream().map(GenerationAnswer::of).toList(),
				states.stream().map(NodeAnswer::of).toList());
	}

	/**
	 * Pairs that were made together.
	 */
	record GenerationAnswer(InterNodeStrategy strategy, String account, GenerationPhase phase, Instant since) {

		static GenerationAnswer of(Generation generation) {
			return new GenerationAnswer(generation.strategy(), generation.account(), generation.phase(),
					generation.since());
		}

	}

	/**
	 * How far they are on a node.
	 */
	record NodeAnswer(String node, InterNodeState.Stand state, List<String> fingerprints, @Nullable String detail,
			@Nullable Instant at) {

		static NodeAnswer of(InterNodeState state) {
			return new NodeAnswer(state.node(), state.stand(), state.keys().stream().map(Fingerprint::value).toList(),
					state.detail(), state.at());
		}

	}

}
