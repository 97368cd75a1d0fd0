/**
 * Logins by password on nodes.
 */
@NullMarked
package io.latchkey.pages.passwords;

import org.jspecify.annotations.NullMarked;
