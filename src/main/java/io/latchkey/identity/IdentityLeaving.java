package io.latchkey.identity;

/**
 * An identity is deleted in this transaction. It is still there, so that who refers to it
 * can let go of it; {@link IdentityDeleted} follows.
 */
public record IdentityLeaving(IdentityId id) {

}
