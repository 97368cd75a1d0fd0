/**
 * The append-only trail: a record of each change, written in the transaction of the
 * change and chained by hash.
 */
@ApplicationModule(allowedDependencies = { "core" })
@NullMarked
package io.latchkey.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
