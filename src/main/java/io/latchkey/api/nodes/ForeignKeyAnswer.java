package io.latchkey.api.nodes;

import java.time.Instant;
import java.util.List;

import io.latchkey.foreignkeys.ForeignKey;
import io.latchkey.foreignkeys.Toleration;
import io.latchkey.logins.KeyUse;
import org.jspecify.annotations.Nullable;

/**
 * A key that is let in without a grant.
 */
record ForeignKeyAnswer(String fingerprint, String algorithm, String publicKey, String comment,
		@Nullable String identity, List<ForeignKey.Place> places, @Nullable Instant toleratedUntil,
		@Nullable String toleratedFor, long placeCount, @Nullable Instant lastUsedAt, @Nullable String lastUsedOn) {

	/**
	 * @param last when it last let in; null when that is not known
	 */
	static ForeignKeyAnswer of(ForeignKey key, @Nullable KeyUse last) {
		Toleration toleration = key.toleration();
		return new ForeignKeyAnswer(key.key().fingerprint().value(), key.key().algorithm(), key.key().render(),
				key.comment(), key.identity(), key.places(), (toleration != null) ? toleration.until() : null,
				(toleration != null) ? toleration.reason() : null, key.standing(), (last != null) ? last.at() : null,
				(last != null) ? last.node() : null);
	}

}
