package io.latchkey.grants;

/**
 * The end of a grant was moved.
 */
public record GrantEndChanged(Grant grant, GrantReach reach) implements GrantEvent {

	@Override
	public String action() {
		return "grant.end-changed";
	}

}
