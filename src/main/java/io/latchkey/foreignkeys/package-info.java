/**
 * Keys that stand on nodes and that nobody granted: the inbox, what is adopted, tolerated
 * or removed, and the lines that were taken off.
 */
@ApplicationModule(
		allowedDependencies = { "openssh", "core", "identity", "inventory", "grants", "desired", "nodestate", "runs" })
@NullMarked
package io.latchkey.foreignkeys;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
