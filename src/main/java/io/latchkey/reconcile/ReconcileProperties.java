package io.latchkey.reconcile;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When nodes are looked at.
 *
 * @param driftInterval how often a node is looked at without a change; up to a tenth
 * less, so that nodes spread
 * @param backOff the first wait after a failed run; doubles with each further one
 * @param longestBackOff the longest wait after a failed run
 * @param keepRuns how long past runs are kept
 */
@ConfigurationProperties("latchkey.reconcile")
record ReconcileProperties(@DefaultValue("10m") Duration driftInterval, @DefaultValue("5s") Duration backOff,
		@DefaultValue("5m") Duration longestBackOff, @DefaultValue("90d") Duration keepRuns) {

}
