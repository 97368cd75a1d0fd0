/**
 * {@code /nodes}.
 */
@NullMarked
package io.latchkey.api.nodes;

import org.jspecify.annotations.NullMarked;
