/**
 * How far grants have come, what still lets somebody in, and the sessions that are to be
 * ended.
 */
@ApplicationModule(
		allowedDependencies = { "openssh", "core", "identity", "inventory", "grants", "desired", "conversation",
				"conversation :: files", "conversation :: sessions", "nodestate", "runs", "foreignkeys", "removal" })
@NullMarked
package io.latchkey.delivery;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
