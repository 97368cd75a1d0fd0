package io.latchkey.internode;

/** The id of a generation of pairs. */
public record GenerationId(long value) {

}
