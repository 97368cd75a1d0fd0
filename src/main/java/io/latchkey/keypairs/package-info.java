/**
 * Key pairs that are made here for people and services: the private half is given out
 * once and stored nowhere.
 */
@ApplicationModule(allowedDependencies = { "openssh", "core", "identity", "ssh" })
@NullMarked
package io.latchkey.keypairs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
