/**
 * The pages, rendered by Thymeleaf and brought to life by htmx. Knows every feature;
 * nothing knows it.
 */
@ApplicationModule(allowedDependencies = { "openssh", "core", "https", "secrets", "audit", "syslog", "identity",
		"inventory", "internode", "grants", "desired", "ssh", "nodestate", "leaving", "managementkeys", "keypairs",
		"foreignkeys", "removal", "delivery", "logins", "access", "enrolment", "imports", "registration", "diagnosis",
		"passwords", "users", "security" })
@NullMarked
package io.latchkey.pages;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
