package io.latchkey.grants;

/** The id of a grant, as people name it: grant 1042. */
public record GrantId(long value) {

}
