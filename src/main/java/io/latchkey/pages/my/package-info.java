/**
 * The pages of who sees what is theirs alone: their keys and their access.
 */
@NullMarked
package io.latchkey.pages.my;

import org.jspecify.annotations.NullMarked;
