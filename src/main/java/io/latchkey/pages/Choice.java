package io.latchkey.pages;

/**
 * One of the values that a field takes.
 *
 * @param text the key of its word
 */
public record Choice(String value, String text) {
}
