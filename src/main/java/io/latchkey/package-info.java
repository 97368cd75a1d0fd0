/**
 * Latchkey decides who may log in to which node, as which account, until when, and makes
 * it so on every node, over SSH.
 */
@NullMarked
package io.latchkey;

import org.jspecify.annotations.NullMarked;
