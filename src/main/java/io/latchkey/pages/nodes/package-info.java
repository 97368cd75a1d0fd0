/**
 * The pages of nodes, their enrolment and their clusters.
 */
@NullMarked
package io.latchkey.pages.nodes;

import org.jspecify.annotations.NullMarked;
