/**
 * {@code /identities}.
 */
@NullMarked
package io.latchkey.api.identities;

import org.jspecify.annotations.NullMarked;
