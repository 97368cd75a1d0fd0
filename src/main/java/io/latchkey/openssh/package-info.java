/**
 * The files and texts of OpenSSH as values, without loss: public keys, fingerprints, key
 * options, {@code authorized_keys}. Pure Java; depends on nothing.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.latchkey.openssh;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
