/**
 * Nodes, the clusters they are in, and their pinned host keys.
 */
@ApplicationModule(allowedDependencies = { "core", "openssh" })
@NullMarked
package io.latchkey.inventory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
