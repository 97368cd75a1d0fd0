/**
 * REST v1. Knows every feature; nothing knows it.
 */
@ApplicationModule(allowedDependencies = { "core", "openssh", "secrets", "audit", "identity", "inventory", "internode",
		"grants", "desired", "ssh", "managementkeys", "conversation", "keypairs", "reconcile", "enrolment", "imports",
		"registration", "diagnosis", "security" })
@NullMarked
package io.latchkey.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
