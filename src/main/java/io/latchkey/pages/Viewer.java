package io.latchkey.pages;

/**
 * Who looks at the page.
 *
 * @param role the role's name in lower case
 * @param mayChange whether grants, identities and nodes may be changed
 * @param mayAdminister whether tokens may be issued as well
 */
public record Viewer(String name, String role, boolean mayChange, boolean mayAdminister) {

	static final Viewer NOBODY = new Viewer("", "", false, false);

	/** Whether somebody is signed in. */
	public boolean isKnown() {
		return !this.name.isEmpty();
	}

}
