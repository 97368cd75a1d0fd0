/**
 * The pages of the SSH sessions that are open now: on a node, of an identity, by a grant.
 */
@NullMarked
package io.latchkey.pages.opensessions;

import org.jspecify.annotations.NullMarked;
