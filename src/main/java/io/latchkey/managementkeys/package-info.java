/**
 * Latchkey's own keys, with which it logs in to the nodes, who holds their private
 * halves, and how the nodes move from one to the next.
 */
@ApplicationModule(allowedDependencies = { "openssh", "core", "secrets", "identity", "inventory", "ssh", "conversation",
		"nodestate", "runs" })
@NullMarked
package io.latchkey.managementkeys;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
