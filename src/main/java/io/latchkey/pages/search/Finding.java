package io.latchkey.pages.search;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was found.
 *
 * @param kind the key of its kind's word
 */
record Finding(String kind, String icon, String name, @Nullable String detail, String link) {
}
