/**
 * The pages, rendered by Thymeleaf and brought to life by htmx. Knows every feature;
 * nothing knows it.
 */
@ApplicationModule(allowedDependencies = { "core", "openssh", "audit", "identity", "inventory", "internode", "grants",
		"desired", "ssh", "managementkeys", "conversation", "keypairs", "reconcile", "enrolment", "imports",
		"registration", "diagnosis", "security" })
@NullMarked
package io.latchkey.pages;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
