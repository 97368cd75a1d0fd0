package io.latchkey.users;

/**
 * What a sign-in is checked against.
 *
 * @param mark another for each user and each change of one, passwords included; tells
 * nothing of it
 */
public record Credentials(String username, String passwordHash, String mark, Role role) {

	@Override
	public String toString() {
		return "Credentials[" + this.username + "]";
	}

}
