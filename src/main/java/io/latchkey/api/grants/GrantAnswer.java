package io.latchkey.api.grants;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.latchkey.api.answer.Versioned;
import io.latchkey.api.body.Volatile;
import io.latchkey.delivery.Delivery;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantStatus;
import io.latchkey.logins.KeyUse;
import org.jspecify.annotations.Nullable;

record GrantAnswer(long id, String subject, String target, String account, Instant startsAt,
		@Nullable Instant expiresAt, @Nullable String reason, OptionsAnswer options, @Volatile GrantStatus status,
		String grantedBy, Instant grantedAt, @Nullable String revokedBy, @Nullable Instant revokedAt,
		@Volatile DeliveryAnswer delivery, @Volatile @Nullable Instant lastUsedAt,
		@JsonIgnore long version) implements Versioned {

	/**
	 * @param last when it last let anybody in; null when that is not known
	 */
	static GrantAnswer of(Grant grant, Delivery delivery, Instant now, @Nullable KeyUse last) {
		return new GrantAnswer(grant.id().value(), grant.subject().toString(), grant.target().toString(),
				grant.account(), grant.startsAt(), grant.expiresAt(), grant.history().reason(),
				OptionsAnswer.of(grant.options()), grant.statusAt(now), grant.history().grantedBy(),
				grant.history().grantedAt(), grant.history().revokedBy(), grant.history().revokedAt(),
				DeliveryAnswer.of(delivery), (last != null) ? last.at() : null, grant.version());
	}

}
