/**
 * Grants: who may log in where, as which account, until when.
 */
@ApplicationModule(allowedDependencies = { "core", "openssh", "identity", "inventory" })
@NullMarked
package io.latchkey.grants;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
