package io.latchkey.pages.overview;

import java.util.List;

/**
 * What needs somebody.
 *
 * @param overdue how many keys should be gone and are not known to be
 * @param others how many other things there are
 * @param hidden how many of all are not shown
 */
record Needs(int overdue, int others, List<Need> shown, int hidden) {
}
