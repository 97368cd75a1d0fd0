/**
 * Nodes that leave: what Latchkey put there is taken off, the line that lets Latchkey
 * itself in last, and then the record goes.
 */
@ApplicationModule(allowedDependencies = { "openssh", "core", "inventory", "ssh", "conversation",
		"conversation :: changes", "conversation :: files", "conversation :: protocol", "nodestate", "runs" })
@NullMarked
package io.latchkey.leaving;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
