package io.latchkey.reconcile;

import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.Grants;
import io.latchkey.identity.Identities;
import io.latchkey.identity.Identity;
import io.latchkey.identity.IdentityStatus;
import io.latchkey.openssh.Fingerprint;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes access away, and with it, where asked, the sessions that it let in. Asking again
 * ends the sessions of what was taken away before.
 */
@Service
@Transactional
public class Revocations {

	private final Grants grants;

	private final Identities identities;

	private final SessionEndings sessions;

	private final SessionsProperties properties;

	Revocations(Grants grants, Identities identities, SessionEndings sessions, SessionsProperties properties) {
		this.grants = grants;
		this.identities = identities;
		this.sessions = sessions;
		this.properties = properties;
	}

	/** Whether sessions are ended each time, without being asked. */
	public boolean alwaysEndSessions() {
		return this.properties.end() == SessionsProperties.Policy.ALWAYS;
	}

	/**
	 * Revokes as {@link Grants#revoke} does.
	 */
	public Grant revoke(GrantId id, LiveSessions live) {
		boolean again = this.grants.get(id).revokedAt() != null;
		Grant revoked = this.grants.revoke(id);
		if (isToAsk(live, again)) {
			this.sessions.askFor(this.grants.reachOf(id));
		}
		return revoked;
	}

	/**
	 * Suspends as {@link Identities#suspend} does.
	 */
	public Identity suspend(String name, LiveSessions live) {
		boolean again = this.identities.get(name).status() == IdentityStatus.SUSPENDED;
		Identity suspended = this.identities.suspend(name);
		if (isToAsk(live, again)) {
			this.sessions.askFor(name);
		}
		return suspended;
	}

	/**
	 * Takes a key away as {@link Identities#removeKey} does.
	 */
	public void removeKey(String name, Fingerprint key, LiveSessions live) {
		this.identities.removeKey(name, key);
		if (isToAsk(live, false)) {
			this.sessions.askFor(name, key);
		}
	}

	/** What is done each time has been asked for by the change itself. */
	private boolean isToAsk(LiveSessions live, boolean again) {
		return live == LiveSessions.END && (again || !alwaysEndSessions());
	}

}
