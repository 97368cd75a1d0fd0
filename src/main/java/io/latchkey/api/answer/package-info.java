/**
 * What all answers have in common: lists and entity tags.
 */
@NullMarked
package io.latchkey.api.answer;

import org.jspecify.annotations.NullMarked;
