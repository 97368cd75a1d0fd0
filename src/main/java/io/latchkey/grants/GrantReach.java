package io.latchkey.grants;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Whom a grant lets in where, by ids: what the desired state is made of.
 *
 * @param subjectId of an identity or a team, as {@code subjectKind} says
 * @param targetId of a node or a cluster, as {@code targetKind} says
 */
public record GrantReach(GrantId id, Subject.Kind subjectKind, long subjectId, Target.Kind targetKind, long targetId,
		String account, Instant startsAt, @Nullable Instant expiresAt, GrantOptions options) {

}
