/**
 * Changes of a file, each of what was seen there: written, removed, or held on trial
 * until it is confirmed.
 */
@NamedInterface("changes")
@NullMarked
package io.latchkey.conversation.changes;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.NamedInterface;
