/**
 * What a change would take away, before it is made, and what has to be confirmed.
 */
@ApplicationModule(allowedDependencies = { "openssh", "core", "identity", "inventory", "grants", "desired", "nodestate",
		"foreignkeys" })
@NullMarked
package io.latchkey.removal;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
