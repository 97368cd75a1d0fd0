package io.latchkey.identity;

import org.jspecify.annotations.Nullable;

/**
 * What can be said of an identity when it is made or changed; not yet checked.
 */
public record IdentityDraft(String name, IdentityKind kind, @Nullable String displayName, @Nullable String email) {

}
