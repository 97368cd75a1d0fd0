/**
 * The page that finds things by a part of their name.
 */
@NullMarked
package io.latchkey.pages.search;

import org.jspecify.annotations.NullMarked;
