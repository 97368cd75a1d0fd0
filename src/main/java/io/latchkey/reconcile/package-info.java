/**
 * Makes nodes match the desired state: plan, apply, remember, come back.
 */
@ApplicationModule(allowedDependencies = { "openssh", "core", "identity", "inventory", "internode", "grants", "desired",
		"ssh", "conversation", "conversation :: accounts", "conversation :: changes", "conversation :: files",
		"conversation :: hosts", "conversation :: protocol", "nodestate", "runs" })
@NullMarked
package io.latchkey.reconcile;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
