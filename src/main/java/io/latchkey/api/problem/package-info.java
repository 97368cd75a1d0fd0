/**
 * Errors as RFC 9457 problems.
 */
@NullMarked
package io.latchkey.api.problem;

import org.jspecify.annotations.NullMarked;
