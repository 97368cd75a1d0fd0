/**
 * Encryption at rest: seals secrets so that the database alone does not give them away.
 */
@ApplicationModule(allowedDependencies = { "core" })
@NullMarked
package io.latchkey.secrets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
