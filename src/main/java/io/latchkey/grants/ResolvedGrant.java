package io.latchkey.grants;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** A draft that was found valid, with its names looked up and its window fixed. */
record ResolvedGrant(GrantDraft draft, long subjectId, long targetId, Instant startsAt, @Nullable Instant expiresAt) {

	/** What it would reach as a grant, with the id 0. */
	GrantReach reach() {
		return new GrantReach(new GrantId(0), this.draft.subject().kind(), this.subjectId, this.draft.target().kind(),
				this.targetId, this.draft.account(), this.startsAt, this.expiresAt, this.draft.options());
	}

}
