/**
 * Who came in: what the SSH servers of nodes logged, whose key it was and by which grant.
 */
@ApplicationModule(allowedDependencies = { "openssh", "core", "identity", "inventory", "grants", "ssh", "conversation",
		"conversation :: logs", "conversation :: sessions", "conversation :: protocol", "nodestate", "runs",
		"managementkeys", "foreignkeys" })
@NullMarked
package io.latchkey.logins;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
