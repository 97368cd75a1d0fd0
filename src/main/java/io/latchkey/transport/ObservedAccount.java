package io.latchkey.transport;

import org.jspecify.annotations.Nullable;

/**
 * An account as the node has it.
 *
 * @param account its name
 * @param path the file's absolute path; null when account or home are missing
 * @param presence what stands there
 * @param hash the SHA-256 of the contents in lower-case hex; null when there is no file
 */
public record ObservedAccount(String account, @Nullable String path, Presence presence, @Nullable String hash) {

}
