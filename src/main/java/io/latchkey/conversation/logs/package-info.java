/**
 * What a node's SSH server logged, read on from where the last look ended.
 */
@NullMarked
package io.latchkey.conversation.logs;

import org.jspecify.annotations.NullMarked;
