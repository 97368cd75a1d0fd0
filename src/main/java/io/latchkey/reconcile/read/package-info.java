/**
 * What runs have to know, read for many of them at once.
 */
@NullMarked
package io.latchkey.reconcile.read;

import org.jspecify.annotations.NullMarked;
