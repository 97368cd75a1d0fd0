package io.latchkey.api.identities;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.latchkey.api.answer.Versioned;
import io.latchkey.identity.Identity;
import io.latchkey.identity.IdentityKind;
import io.latchkey.identity.IdentityStatus;
import io.latchkey.logins.KeyUse;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

record IdentityAnswer(String name, IdentityKind kind, @Nullable String displayName, @Nullable String email,
		IdentityStatus status, List<KeyAnswer> keys, List<String> teams,
		@JsonIgnore long version) implements Versioned {

	static IdentityAnswer of(Identity identity) {
		return of(identity, Map.of());
	}

	/**
	 * @param uses when keys last let in, as far as that is known
	 */
	static IdentityAnswer of(Identity identity, Map<Fingerprint, KeyUse> uses) {
		return new IdentityAnswer(identity.name(), identity.kind(), identity.displayName(), identity.email(),
				identity.status(),
				identity.keys().stream().map((key) -> KeyAnswer.of(key, uses.get(key.key().fingerprint()))).toList(),
				identity.teams(), identity.version());
	}

}
