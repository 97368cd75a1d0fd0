/**
 * Looks for secrets where they must not be: in the database, the log, the answers, the
 * memory.
 */
@NullMarked
package io.latchkey.leaks;

import org.jspecify.annotations.NullMarked;
