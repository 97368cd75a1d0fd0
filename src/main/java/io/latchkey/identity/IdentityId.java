package io.latchkey.identity;

/** The id of an identity. */
public record IdentityId(long value) {

}
