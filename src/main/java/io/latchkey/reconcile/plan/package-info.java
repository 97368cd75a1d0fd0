/**
 * From what stands in a file and what should: what is to be done to it. Pure.
 */
@NullMarked
package io.latchkey.reconcile.plan;

import org.jspecify.annotations.NullMarked;
