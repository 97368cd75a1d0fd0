/**
 * {@code /teams}.
 */
@NullMarked
package io.latchkey.api.teams;

import org.jspecify.annotations.NullMarked;
