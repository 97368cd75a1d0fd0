package io.latchkey.reconcile;

import org.jspecify.annotations.Nullable;

/**
 * What an account's file is to be.
 *
 * @param path as observed
 * @param expectedHash of what is to be replaced; null when there is no file
 */
public record KeyFileChange(String account, String path, @Nullable String expectedHash, byte[] content) {

}
