package io.latchkey.grants;

/**
 * A grant was revoked.
 */
public record GrantRevoked(Grant grant, GrantReach reach) implements GrantEvent {

	@Override
	public String action() {
		return "grant.revoked";
	}

}
