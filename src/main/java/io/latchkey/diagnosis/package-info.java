/**
 * What to expect of a login, and why one does not work.
 */
@ApplicationModule(allowedDependencies = { "core", "openssh", "identity", "inventory", "grants", "desired", "ssh",
		"managementkeys", "conversation", "reconcile" })
@NullMarked
package io.latchkey.diagnosis;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
