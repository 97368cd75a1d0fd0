/**
 * {@code /access}.
 */
@NullMarked
package io.latchkey.api.access;

import org.jspecify.annotations.NullMarked;
