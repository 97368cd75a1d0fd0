/**
 * Files of accounts as they stand on a node: what is there, who could write to it, and
 * what it holds.
 */
@NullMarked
package io.latchkey.conversation.files;

import org.jspecify.annotations.NullMarked;
