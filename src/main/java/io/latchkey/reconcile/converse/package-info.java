/**
 * One conversation with one node, from what a run knows to what it came to.
 */
@NullMarked
package io.latchkey.reconcile.converse;

import org.jspecify.annotations.NullMarked;
