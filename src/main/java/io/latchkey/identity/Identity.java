package io.latchkey.identity;

import java.util.List;

import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * A person, a service, a cluster or a node that can hold public keys.
 *
 * @param teams the names of the teams it is in
 * @param version counts the changes, for If-Match
 */
public record Identity(IdentityId id, String name, IdentityKind kind, @Nullable String displayName,
		@Nullable String email, IdentityStatus status, List<IdentityKey> keys, List<String> teams, long version) {

	public List<Fingerprint> fingerprints() {
		return this.keys.stream().map((key) -> key.key().fingerprint()).toList();
	}

}
