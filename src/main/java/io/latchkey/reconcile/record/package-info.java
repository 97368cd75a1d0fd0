/**
 * What runs came to, put on record for many of them at once, and when the next are due.
 */
@NullMarked
package io.latchkey.reconcile.record;

import org.jspecify.annotations.NullMarked;
