/**
 * How a node comes under management: its host key confirmed, the management key installed
 * and tried.
 */
@ApplicationModule(allowedDependencies = { "openssh", "core", "inventory", "ssh", "conversation",
		"conversation :: accounts", "conversation :: changes", "conversation :: files", "conversation :: hosts",
		"conversation :: protocol", "conversation :: sshd", "nodestate", "managementkeys" })
@NullMarked
package io.latchkey.enrolment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
