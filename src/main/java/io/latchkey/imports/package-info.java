/**
 * Nodes from lists that other tools keep: what a list would add, line by line, and adding
 * it.
 */
@ApplicationModule(allowedDependencies = { "openssh", "core", "inventory" })
@NullMarked
package io.latchkey.imports;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
