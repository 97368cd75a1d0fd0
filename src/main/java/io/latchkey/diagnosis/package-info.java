/**
 * What to expect of a login, and why one does not work.
 */
@ApplicationModule(allowedDependencies = { "openssh", "core", "identity", "inventory", "internode", "grants", "desired",
		"ssh", "conversation", "conversation :: accounts", "conversation :: changes", "conversation :: files",
		"conversation :: hosts", "conversation :: protocol", "conversation :: sshd", "nodestate", "managementkeys",
		"delivery", "logins" })
@NullMarked
package io.latchkey.diagnosis;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
