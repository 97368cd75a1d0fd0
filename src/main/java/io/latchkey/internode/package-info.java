/**
 * With which keys the nodes of a cluster log in to each other: the cluster's strategy,
 * the pairs, and what each node has to hold for it. What is done on the nodes is others'
 * work.
 */
@ApplicationModule(allowedDependencies = { "core", "openssh", "secrets", "inventory" })
@NullMarked
package io.latchkey.internode;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
