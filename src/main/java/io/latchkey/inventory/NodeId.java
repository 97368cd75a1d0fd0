package io.latchkey.inventory;

/** The id of a node. */
public record NodeId(long value) {

}
