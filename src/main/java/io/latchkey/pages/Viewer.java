package io.latchkey.pages;

/**
 * Who looks at the page.
 *
 * @param role the role's name in lower case
 * @param mayRead whether more may be seen than what is their own
 * @param mayChange whether grants, identities and nodes may be changed
 * @param mayAdminister whether tokens may be issued as well
 */
public record Viewer(String name, String role, boolean mayRead, boolean mayChange, boolean mayAdminister) {

	static final Viewer NOBODY = new Viewer("", "", false, false, false);

	/** Whether somebody is signed in. */
	public boolean isKnown() {
		return !this.name.isEmpty();
	}

}
