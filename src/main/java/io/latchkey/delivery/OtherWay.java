package io.latchkey.delivery;

import java.util.List;

import io.latchkey.grants.GrantId;
import io.latchkey.grants.Subject;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * What lets somebody in on an account whatever becomes of a grant: another grant, or a
 * line with a key of theirs that Latchkey did not write.
 *
 * @param identities the names of those whom it lets in, by name; at most the first ten
 * @param identityCount how many they are, all of them
 * @param grant the other grant; null for a foreign line
 * @param subject whom that grant is for; null for a foreign line
 * @param foreignKey the key in the foreign line; null for a grant
 */
public record OtherWay(List<String> identities, int identityCount, @Nullable GrantId grant, @Nullable Subject subject,
		@Nullable Fingerprint foreignKey) {

	private static final int MOST_NAMED = 10;

	static OtherWay through(GrantId grant, @Nullable Subject subject, List<String> identities) {
		return new OtherWay(identities.stream().limit(MOST_NAMED).toList(), identities.size(), grant, subject, null);
	}

	static OtherWay by(Fingerprint foreignKey, String identity) {
		return new OtherWay(List.of(identity), 1, null, null, foreignKey);
	}

	/** How many are not named. */
	public int moreIdentities() {
		return this.identityCount - this.identities.size();
	}

}
