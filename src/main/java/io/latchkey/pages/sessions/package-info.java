/**
 * Where users are signed in.
 */
@NullMarked
package io.latchkey.pages.sessions;

import org.jspecify.annotations.NullMarked;
