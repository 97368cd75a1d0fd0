package io.latchkey.identity;

/**
 * A key and who holds it.
 */
public record HeldKey(IdentityId identity, String identityName, IdentityKey key) {

}
