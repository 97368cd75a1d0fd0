/**
 * Latchkey as a process of its own that is killed without warning.
 */
@NullMarked
package io.latchkey.crash;

import org.jspecify.annotations.NullMarked;
