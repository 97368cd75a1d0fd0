package io.latchkey.conversation.sessions;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.modulith.NamedInterface;

/**
 * The sessions that a node serves now, without Latchkey's own.
 *
 * @param others how many are of accounts that could not be looked at
 * @param obstacle why not all are known, in the node's words; null when they are
 */
@NamedInterface("sessions")
public record OpenSessionsAnswer(List<OpenSession> sessions, int others, @Nullable String obstacle) {

}
