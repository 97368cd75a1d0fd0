/**
 * Latchkey's own keys, with which it logs in to the nodes, and who holds their private
 * halves.
 */
@ApplicationModule(allowedDependencies = { "core", "openssh", "secrets", "audit", "inventory", "ssh" })
@NullMarked
package io.latchkey.managementkeys;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
