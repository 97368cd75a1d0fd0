/**
 * {@code /audit}.
 */
@NullMarked
package io.latchkey.api.audit;

import org.jspecify.annotations.NullMarked;
