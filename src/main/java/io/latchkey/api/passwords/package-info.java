/**
 * Logins by password on nodes.
 */
@NullMarked
package io.latchkey.api.passwords;

import org.jspecify.annotations.NullMarked;
