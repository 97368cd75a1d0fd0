/**
 * Users, API tokens and sign-in.
 */
@ApplicationModule(allowedDependencies = { "core", "identity", "inventory", "secrets" })
@NullMarked
package io.latchkey.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
