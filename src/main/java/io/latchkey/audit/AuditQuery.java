package io.latchkey.audit;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Which records to list; null means all.
 *
 * @param actor the whole name
 * @param action as {@code grant.issued}, or its beginning up to a dot, as {@code grant}
 * @param subject as {@code identity:alice}
 * @param since from then on
 * @param until before then
 * @param text a part of the actor, the action, the subject or the detail
 */
public record AuditQuery(@Nullable String actor, @Nullable String action, @Nullable String subject,
		@Nullable Instant since, @Nullable Instant until, @Nullable String text) {

	/** All records. */
	public static final AuditQuery ALL = new AuditQuery(null, null, null, null, null, null);

}
