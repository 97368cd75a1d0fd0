/**
 * The pages of identities, their keys and their teams.
 */
@NullMarked
package io.latchkey.pages.identities;

import org.jspecify.annotations.NullMarked;
