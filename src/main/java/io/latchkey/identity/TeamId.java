package io.latchkey.identity;

/** The id of a team. */
public record TeamId(long value) {

}
