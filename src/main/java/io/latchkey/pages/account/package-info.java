/**
 * The pages that users have of themselves: the link of an invitation, and their account.
 */
@NullMarked
package io.latchkey.pages.account;

import org.jspecify.annotations.NullMarked;
