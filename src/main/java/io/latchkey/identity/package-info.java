/**
 * Identities (people, services), the teams they are in, and their public keys.
 */
@ApplicationModule(allowedDependencies = { "core", "openssh" })
@NullMarked
package io.latchkey.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
