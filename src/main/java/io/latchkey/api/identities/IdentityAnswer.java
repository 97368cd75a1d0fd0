package io.latchkey.api.identities;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.latchkey.api.answer.Versioned;
import io.latchkey.identity.Identity;
import io.latchkey.identity.IdentityKind;
import io.latchkey.identity.IdentityStatus;
import org.jspecify.annotations.Nullable;

record IdentityAnswer(String name, IdentityKind kind, @Nullable String displayName, @Nullable String email,
		IdentityStatus status, List<KeyAnswer> keys, List<String> teams,
		@JsonIgnore long version) implements Versioned {

	static IdentityAnswer of(Identity identity) {
		return new IdentityAnswer(identity.name(), identity.kind(), identity.displayName(), identity.email(),
				identity.status(), identity.keys().stream().map(KeyAnswer::of).toList(), identity.teams(),
				identity.version());
	}

}
