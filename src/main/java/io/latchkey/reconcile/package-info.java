/**
 * Makes nodes match the desired state: plan, apply, remember, come back.
 */
@ApplicationModule(allowedDependencies = { "core", "openssh", "secrets", "identity", "inventory", "internode", "grants",
		"desired", "ssh", "managementkeys", "conversation" })
@NullMarked
package io.latchkey.reconcile;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
