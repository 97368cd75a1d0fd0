package io.latchkey.internode;

import java.time.Instant;

import io.latchkey.inventory.ClusterId;

/**
 * The pairs that were made together: by one strategy, for one account.
 *
 * @param since when it came into its phase
 */
public record Generation(GenerationId id, ClusterId cluster, InterNodeStrategy strategy, String account,
		GenerationPhase phase, Instant since) {

}
