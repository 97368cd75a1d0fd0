/**
 * REST of the sessions that are open now.
 */
@NullMarked
package io.latchkey.api.sessions;

import org.jspecify.annotations.NullMarked;
