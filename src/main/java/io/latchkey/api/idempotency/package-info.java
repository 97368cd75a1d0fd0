/**
 * Repeated posts get the first answer again.
 */
@NullMarked
package io.latchkey.api.idempotency;

import org.jspecify.annotations.NullMarked;
