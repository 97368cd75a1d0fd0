/**
 * The append-only trail: a record of each change, written in the transaction of the
 * change, chained by hash, and sealed under the master key.
 */
@ApplicationModule(allowedDependencies = { "core", "secrets" })
@NullMarked
package io.latchkey.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
