/**
 * Grants: who may log in where, as which account, until when.
 */
@ApplicationModule(allowedDependencies = { "core", "identity", "inventory" })
@NullMarked
package io.latchkey.grants;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
