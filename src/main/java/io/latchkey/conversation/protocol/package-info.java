/**
 * What is said to the script on a node and what is heard from it, whatever it is about:
 * how a request gets there, the lines and bytes of an answer, and where they end.
 */
@NullMarked
package io.latchkey.conversation.protocol;

import org.jspecify.annotations.NullMarked;
