package io.latchkey.inventory;

/** The id of a cluster. */
public record ClusterId(long value) {

}
