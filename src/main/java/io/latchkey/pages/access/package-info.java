/**
 * The pages of grants.
 */
@NullMarked
package io.latchkey.pages.access;

import org.jspecify.annotations.NullMarked;
