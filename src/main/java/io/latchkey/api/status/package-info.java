/**
 * {@code /status}.
 */
@NullMarked
package io.latchkey.api.status;

import org.jspecify.annotations.NullMarked;
