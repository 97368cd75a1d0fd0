package io.latchkey.identity;

import java.util.List;
import java.util.Set;

import io.latchkey.core.AuditableEvent;
import io.latchkey.openssh.Fingerprint;

/**
 * An identity was deleted, and its keys and memberships with it.
 *
 * @param teams the teams that it was in
 * @param keys the keys that it had
 */
public record IdentityDeleted(IdentityId id, String name, Set<TeamId> teams,
		List<Fingerprint> keys) implements AuditableEvent {

	@Override
	public String action() {
		return "identity.deleted";
	}

	@Override
	public String subject() {
		return "identity:" + this.name;
	}

	@Override
	public String detail() {
		return this.keys.isEmpty() ? "no keys"
				: "keys " + String.join(", ", this.keys.stream().map(Fingerprint::toString).toList());
	}

}
