/**
 * Nodes that enrol themselves: the tokens that let them, the script that they run, and
 * what an admin decides of them.
 */
@ApplicationModule(allowedDependencies = { "openssh", "core", "inventory", "ssh", "conversation :: protocol",
		"managementkeys", "enrolment" })
@NullMarked
package io.latchkey.registration;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
