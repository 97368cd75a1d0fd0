package io.latchkey.pages;

/**
 * How a state shows itself: colour, icon and word together.
 *
 * @param look the class that sets its colours, such as {@code s-in-sync}
 * @param icon the icon's class, such as {@code ti-check}
 * @param text the key of its word
 */
public record Mark(String look, String icon, String text) {
}
