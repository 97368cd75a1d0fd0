/**
 * Makes nodes match the desired state: plan, apply, remember, come back.
 */
@ApplicationModule(allowedDependencies = { "openssh", "core", "identity", "inventory", "internode", "grants", "desired",
		"ssh", "conversation", "nodestate", "runs", "managementkeys", "foreignkeys", "removal", "delivery" })
@NullMarked
package io.latchkey.reconcile;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
