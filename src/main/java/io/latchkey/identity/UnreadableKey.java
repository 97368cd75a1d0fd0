package io.latchkey.identity;

/**
 * A stored key that is none, or none any more to this version.
 *
 * @param fingerprint as it is stored
 */
public record UnreadableKey(IdentityId identity, String identityName, String fingerprint) {

}
