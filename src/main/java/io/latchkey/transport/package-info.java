/**
 * A typed conversation with one verified node. The only place that knows JSch.
 */
@ApplicationModule(allowedDependencies = { "core", "openssh", "inventory", "secrets" })
@NullMarked
package io.latchkey.transport;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
