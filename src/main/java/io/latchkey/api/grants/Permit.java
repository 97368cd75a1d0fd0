package io.latchkey.api.grants;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.latchkey.grants.Permission;

/**
 * What stays permitted under {@code restrict}, as the API names it.
 */
enum Permit {

	@JsonProperty("pty")
	PTY(Permission.PTY),

	@JsonProperty("port-forwarding")
	PORT_FORWARDING(Permission.PORT_FORWARDING),

	@JsonProperty("agent-forwarding")
	AGENT_FORWARDING(Permission.AGENT_FORWARDING),

	@JsonProperty("x11-forwarding")
	X11_FORWARDING(Permission.X11_FORWARDING),

	@JsonProperty("user-rc")
	USER_RC(Permission.USER_RC);

	private final Permission permission;

	Permit(Permission permission) {
		this.permission = permission;
	}

	Permission permission() {
		return this.permission;
	}

	@Override
	public String toString() {
		return this.permission.option();
	}

}
