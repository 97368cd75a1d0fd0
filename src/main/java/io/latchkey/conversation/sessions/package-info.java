/**
 * Live sessions, each with the key that opened it: found and ended by a script of their
 * own, over a channel beside the conversation's.
 */
@NullMarked
package io.latchkey.conversation.sessions;

import org.jspecify.annotations.NullMarked;
