/**
 * The first glance: how the nodes stand, who has access, and what needs somebody.
 */
@NullMarked
package io.latchkey.pages.overview;

import org.jspecify.annotations.NullMarked;
