/**
 * {@code /tokens}.
 */
@NullMarked
package io.latchkey.api.tokens;

import org.jspecify.annotations.NullMarked;
