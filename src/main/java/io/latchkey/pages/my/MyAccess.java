package io.latchkey.pages.my;

import java.time.Instant;
import java.util.Comparator;

import io.latchkey.grants.Grant;
import io.latchkey.grants.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Where the user may log in.
 *
 * @param team by which they may, or null
 * @param startsAt when it is yet to begin, or null
 * @param endsAt null when it has no end
 */
record MyAccess(String where, String account, @Nullable String team, @Nullable Instant startsAt,
		@Nullable Instant endsAt) implements Comparable<MyAccess> {

	private static final Comparator<MyAccess> ORDER = Comparator.comparing(MyAccess::where)
		.thenComparing(MyAccess::account);

	static MyAccess of(Grant grant, boolean later) {
		return new MyAccess(grant.target().name(), grant.account(),
				(grant.subject().kind() == Subject.Kind.TEAM) ? grant.subject().name() : null,
				later ? grant.startsAt() : null, grant.expiresAt());
	}

	@Override
	public int compareTo(MyAccess other) {
		return ORDER.compare(this, other);
	}

}
