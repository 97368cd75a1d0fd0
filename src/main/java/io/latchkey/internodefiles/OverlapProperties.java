package io.latchkey.internodefiles;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long rotations of inter-node pairs wait.
 *
 * @param overlap for how long at most the old pairs of a rotation stay for nodes that are
 * away
 */
@ConfigurationProperties("latchkey.reconcile")
record OverlapProperties(@DefaultValue("24h") Duration overlap) {

}
