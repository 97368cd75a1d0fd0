package io.latchkey.core;

/**
 * What a create-or-replace came to.
 *
 * @param value the thing as it is now
 * @param created whether it was made just now, rather than replaced
 */
public record Saved<T>(T value, boolean created) {

}
