package io.latchkey.passwords;

import org.jspecify.annotations.Nullable;

/**
 * What became of a change on one node.
 *
 * @param done whether it stands
 * @param detail why not, for a person; null when it stands
 */
public record PasswordChange(String node, boolean done, PasswordState state, @Nullable String detail) {

}
