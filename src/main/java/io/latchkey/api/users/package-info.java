/**
 * {@code /users}.
 */
@NullMarked
package io.latchkey.api.users;

import org.jspecify.annotations.NullMarked;
