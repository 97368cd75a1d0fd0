package io.latchkey.delivery;

/**
 * What becomes of the sessions that were opened with a key, when its access is taken
 * away.
 */
public enum LiveSessions {

	/** They stay, unless the policy says otherwise. */
	LEAVE,
	/** They are ended once the key is gone. */
	END

}
