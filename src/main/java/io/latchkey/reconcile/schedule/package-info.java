/**
 * Which nodes are due, and the workers that run them.
 */
@NullMarked
package io.latchkey.reconcile.schedule;

import org.jspecify.annotations.NullMarked;
