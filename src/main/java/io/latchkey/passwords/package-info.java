/**
 * Logins by password: who would be hit by their end, the switch on each node, on trial,
 * and whether it stays as it was decided.
 */
@ApplicationModule(allowedDependencies = { "openssh", "core", "inventory", "ssh", "conversation",
		"conversation :: changes", "conversation :: sshd", "nodestate", "runs", "logins" })
@NullMarked
package io.latchkey.passwords;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
