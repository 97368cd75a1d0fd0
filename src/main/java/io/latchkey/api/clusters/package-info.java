/**
 * {@code /clusters}.
 */
@NullMarked
package io.latchkey.api.clusters;

import org.jspecify.annotations.NullMarked;
