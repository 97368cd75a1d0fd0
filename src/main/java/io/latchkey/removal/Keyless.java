package io.latchkey.removal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.latchkey.core.KebabCase;
import io.latchkey.desired.NodeRecords;
import io.latchkey.grants.GrantReach;
import io.latchkey.grants.Subject;
import io.latchkey.identity.IdentityId;

/** Why there is no key to put anywhere for a grant. */
public enum Keyless {

	/** The identity is suspended. */
	SUSPENDED,
	/** It has no key. */
	NO_KEY,
	/** All its keys have ended. */
	KEYS_ENDED,
	/** Nobody is in the team. */
	NO_MEMBERS,
	/** All who are in the team are suspended. */
	MEMBERS_SUSPENDED,
	/** Nobody in the team has a key that lets in; some may be suspended. */
	NO_MEMBER_WITH_KEY;

	/**
	 * Empty when there is a key that has not ended by then.
	 * @param suspended those of the people concerned who are
	 */
	public static Optional<Keyless> of(GrantReach grant, NodeRecords records, Set<IdentityId> suspended, Instant at) {
		if (!records.identitiesLetInBy(grant, at).isEmpty()) {
			return Optional.empty();
		}
		Set<IdentityId> holders = records.holdersOf(grant);
		boolean isTeam = grant.subjectKind() == Subject.Kind.TEAM;
		if (holders.isEmpty()) {
			return Optional.of(NO_MEMBERS);
		}
		if (suspended.containsAll(holders)) {
			return Optional.of(isTeam ? MEMBERS_SUSPENDED : SUSPENDED);
		}
		if (isTeam) {
			return Optional.of(NO_MEMBER_WITH_KEY);
		}
		boolean hasKey = holders.stream()
			.anyMatch((holder) -> !records.keys().getOrDefault(holder, List.of()).isEmpty());
		return Optional.of(hasKey ? KEYS_ENDED : NO_KEY);
	}

	/** The end of the name of a text about it. */
	public String code() {
		return KebabCase.of(this);
	}

}
