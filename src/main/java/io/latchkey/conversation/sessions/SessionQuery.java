package io.latchkey.conversation.sessions;

import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.openssh.Fingerprint;

import org.springframework.modulith.NamedInterface;

/**
 * Asks for the live sessions of an account that were opened with a key.
 */
@NamedInterface("sessions")
public record SessionQuery(String account, Fingerprint key) {

	public SessionQuery {
		NodeScript.requireAccount(account);
	}

}
