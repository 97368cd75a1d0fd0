/**
 * {@code /logins}.
 */
@NullMarked
package io.latchkey.api.logins;

import org.jspecify.annotations.NullMarked;
