/**
 * Measures Latchkey against other ways to bring keys to many nodes. Started by
 * {@code script/bench}, never by the tests.
 */
@NullMarked
package io.latchkey.bench;

import org.jspecify.annotations.NullMarked;
