/**
 * API tokens, sign-in and sessions.
 */
@ApplicationModule(allowedDependencies = { "core", "secrets", "users" })
@NullMarked
package io.latchkey.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
