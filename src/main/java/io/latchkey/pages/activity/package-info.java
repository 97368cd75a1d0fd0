/**
 * The pages of what was changed.
 */
@NullMarked
package io.latchkey.pages.activity;

import org.jspecify.annotations.NullMarked;
