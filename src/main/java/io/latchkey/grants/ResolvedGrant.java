package io.latchkey.grants;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** A draft that was found valid, with its names looked up and its window fixed. */
record ResolvedGrant(GrantDraft draft, long subjectId, long targetId, Instant startsAt, @Nullable Instant expiresAt) {

}
