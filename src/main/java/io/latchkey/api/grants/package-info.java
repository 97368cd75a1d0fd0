/**
 * {@code /grants}.
 */
@NullMarked
package io.latchkey.api.grants;

import org.jspecify.annotations.NullMarked;
