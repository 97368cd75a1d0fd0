package io.latchkey.grants;

/**
 * What {@code restrict} forbids and can be permitted again (sshd(8)).
 */
public enum Permission {

	PTY("pty"), PORT_FORWARDING("port-forwarding"), AGENT_FORWARDING("agent-forwarding"),
	X11_FORWARDING("x11-forwarding"), USER_RC("user-rc");

	private final String option;

	Permission(String option) {
		this.option = option;
	}

	/** The option's name in {@code authorized_keys}, and in the API. */
	public String option() {
		return this.option;
	}

}
