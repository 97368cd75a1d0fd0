package io.latchkey.delivery;

import java.util.Collection;
import java.util.List;

import io.latchkey.core.InvalidInputException;
import io.latchkey.desired.ConfirmationNeededException;
import io.latchkey.foreignkeys.UnwantedKeys;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.Grants;
import io.latchkey.identity.Identities;
import io.latchkey.identity.Identity;
import io.latchkey.identity.IdentityStatus;
import io.latchkey.identity.Teams;
import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.Urgency;
import io.latchkey.nodestate.WakeUps;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

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

	private final Teams teams;

	private final EveryWay everyWay;

	private final UnwantedKeys unwantedKeys;

	private final WakeUps wakeUps;

	private final SessionEndings sessions;

	private final SessionsProperties properties;

	Revocations(Grants grants, Identities identities, Teams teams, EveryWay everyWay, UnwantedKeys unwantedKeys,
			WakeUps wakeUps, SessionEndings sessions, SessionsProperties properties) {
		this.grants = grants;
		this.identities = identities;
		this.teams = teams;
		this.everyWay = everyWay;
		this.unwantedKeys = unwantedKeys;
		this.wakeUps = wakeUps;
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
		boolean again = this.grants.get(id).history().revokedAt() != null;
		Grant revoked = this.grants.revoke(id);
		if (isToAsk(live, again)) {
			this.sessions.askFor(this.grants.reachOf(id));
		}
		return revoked;
	}

	/**
	 * What revoking these grants, and nothing beside them, would take; changes nothing.
	 * Those that have ended are left out.
	 * @throws InvalidInputException when they are too many for once
	 */
	@Transactional(readOnly = true)
	public Closing onlyThese(Collection<GrantId> ids) {
		Grants.refuseTooMany(ids);
		return this.everyWay.closingOnly(ids);
	}

	/**
	 * Revokes these grants, all or none.
	 * @param confirmed the digest of the preview that was confirmed, or null
	 * @return those that were open
	 * @throws ConfirmationNeededException when nothing was done, because just that was
	 * not confirmed
	 * @throws InvalidInputException when they are too many for once
	 */
	public List<Grant> revokeAll(Collection<GrantId> ids, @Nullable String confirmed, LiveSessions live) {
		Closing closing = onlyThese(ids);
		if (!closing.preview().digest().equals(confirmed)) {
			throw new ConfirmationNeededException(closing.preview());
		}
		// The nodes first, as the end of a run locks them.
		this.wakeUps.wake(closing.nodes(), Run.Trigger.CHANGE, Urgency.REMOVAL);
		return closing.revoked().stream().map((grant) -> revoke(grant.id(), live)).toList();
	}

	/** What closing every way beside a grant would take; changes nothing. */
	@Transactional(readOnly = true)
	public Closing everyWay(GrantId id) {
		return this.everyWay.closing(id);
	}

	/**
	 * Revokes the grant and closes every other way in of those whom it was for, on its
	 * account and nodes.
	 * @param confirmed the digest of the preview that was confirmed, or null
	 * @throws ConfirmationNeededException when nothing was done, because just that was
	 * not confirmed
	 */
	public Grant closeEveryWay(GrantId id, @Nullable String confirmed, LiveSessions live) {
		this.everyWay.closing(id).left().stream().map(Closing.Membership::team).distinct().forEach(this.teams::hold);
		Closing closing = this.everyWay.closing(id);
		if (!closing.preview().digest().equals(confirmed)) {
			throw new ConfirmationNeededException(closing.preview());
		}
		// The nodes first, as the end of a run locks them.
		this.wakeUps.wake(closing.nodes(), Run.Trigger.CHANGE, Urgency.REMOVAL);
		closing.left().forEach((out) -> this.teams.removeMember(out.team(), out.identity()));
		closing.revoked()
			.stream()
			.map(Grant::id)
			.filter((other) -> !other.equals(id))
			.forEach((other) -> revoke(other, live));
		this.unwantedKeys.remove(closing.foreign());
		return revoke(id, live);
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
