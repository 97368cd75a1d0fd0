package io.latchkey.removal;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When what would be taken away has to be confirmed.
 *
 * @param confirmNodes on how many nodes at most lines may go indirectly without a
 * confirmation
 * @param confirmPercent how much of a node's lines at most, in percent
 * @param driftInterval how often a node is looked at without a change: what is known of
 * it is old after some of them
 */
@ConfigurationProperties("latchkey.reconcile")
record RemovalProperties(@DefaultValue("10") int confirmNodes, @DefaultValue("50") int confirmPercent,
		@DefaultValue("10m") Duration driftInterval) {

}
