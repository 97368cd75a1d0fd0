/**
 * How a node comes under management: its host key confirmed, the management key installed
 * and tried.
 */
@ApplicationModule(allowedDependencies = { "core", "openssh", "secrets", "identity", "inventory", "grants", "desired",
		"ssh", "managementkeys", "conversation", "reconcile" })
@NullMarked
package io.latchkey.enrolment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
