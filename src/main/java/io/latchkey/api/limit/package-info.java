/**
 * How many requests a token may make.
 */
@NullMarked
package io.latchkey.api.limit;

import org.jspecify.annotations.NullMarked;
