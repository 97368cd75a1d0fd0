/**
 * From the records to the lines that should stand in each account's file on a node at an
 * instant. A pure function of the records.
 */
@ApplicationModule(allowedDependencies = { "core", "openssh", "identity", "inventory", "internode", "grants" })
@NullMarked
package io.latchkey.desired;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
