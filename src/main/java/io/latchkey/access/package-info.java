/**
 * Who may log in where by the grants, now, in the past and in the time to come, and who
 * did.
 */
@ApplicationModule(
		allowedDependencies = { "openssh", "core", "identity", "inventory", "grants", "nodestate", "logins" })
@NullMarked
package io.latchkey.access;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
