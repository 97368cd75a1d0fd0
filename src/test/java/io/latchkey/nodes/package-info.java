/**
 * Latchkey at work on nodes of many systems, each with the server that the system brings.
 * Started by {@code script/test-nodes}, never by the tests.
 */
@NullMarked
package io.latchkey.nodes;

import org.jspecify.annotations.NullMarked;
