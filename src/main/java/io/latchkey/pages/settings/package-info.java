/**
 * The pages of API tokens, of secrets and of Latchkey's own key.
 */
@NullMarked
package io.latchkey.pages.settings;

import org.jspecify.annotations.NullMarked;
