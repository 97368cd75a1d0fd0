package io.latchkey.grants;

/**
 * A grant was issued.
 */
public record GrantIssued(Grant grant, GrantReach reach) implements GrantEvent {

	@Override
	public String action() {
		return "grant.issued";
	}

}
