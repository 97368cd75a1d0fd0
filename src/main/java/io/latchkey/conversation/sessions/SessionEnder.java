package io.latchkey.conversation.sessions;

import io.latchkey.conversation.sessions.EndedSessions.Obstacle;
import io.latchkey.inventory.Privilege;
import io.latchkey.ssh.Login;
import org.jspecify.annotations.Nullable;

/**
 * Ends the sessions of one account that were opened with one key, and nobody else's: a
 * session of which that is not known is left alone.
 */
public final class SessionEnder {

	/** A login that was under way at the first look is a session at the next. */
	private static final int MOST_LOOKS = 3;

	private final SessionChannel channel;

	private final Login login;

	private final SessionQuery query;

	private int ended;

	private int left;

	private @Nullable Obstacle obstacle;

	private String detail = "";

	public SessionEnder(SessionChannel channel, Login login, SessionQuery query) {
		this.channel = channel;
		this.login = login;
		this.query = query;
	}

	public EndedSessions run() {
		if (this.login.privilege() == Privilege.SELF && !this.login.account().equals(this.query.account())) {
			return EndedSessions.notAsked(this.query, "Latchkey acts as %s there".formatted(this.login.account()));
		}
		try {
			for (int looks = 0; looks < MOST_LOOKS && endOnce(); looks++) {
				this.detail = "";
			}
		}
		catch (SessionsUnavailable ex) {
			this.obstacle = ex.isWithoutSshd() ? Obstacle.NO_SSHD : Obstacle.NOT_ASKED;
			this.detail = ex.why();
		}
		return new EndedSessions(this.query, this.ended, this.left, this.obstacle, this.detail);
	}

	/** Says whether any session was ended. */
	private boolean endOnce() {
		int before = this.ended;
		this.left = 0;
		this.obstacle = null;
		SessionLook look = this.channel.ask(new FindSessions(this.query.account()));
		for (LiveSession session : look.sessions()) {
			SessionLook.Answer answer = look.isOpenedWith(session, this.query.key());
			if (answer != SessionLook.Answer.YES && this.channel.isLatchkeys(session)) {
				continue;
			}
			switch (answer) {
				case YES -> end(session);
				case HIDDEN -> leave(Obstacle.LOG_HIDDEN, look.logLevel());
				case LEVEL_UNKNOWN -> leave(Obstacle.LOG_LEVEL_UNKNOWN, "");
				case SILENT -> leave(Obstacle.LOG_SILENT, "");
				case CONTRADICTORY -> leave(Obstacle.LOG_CONTRADICTORY, "");
				case NO -> {
				}
			}
		}
		return this.ended > before;
	}

	private void end(LiveSession session) {
		EndSession.Ending ending = this.channel.ask(new EndSession(this.query.account(), session));
		if (ending instanceof EndSession.Ending.Stays stays) {
			leave(Obstacle.STAYS, stays.why());
		}
		else if (ending instanceof EndSession.Ending.Ended) {
			this.ended++;
		}
	}

	/** Of several obstacles the gravest is told. */
	private void leave(Obstacle why, String found) {
		this.left++;
		if (this.obstacle == null || why.compareTo(this.obstacle) > 0) {
			this.obstacle = why;
			this.detail = found;
		}
	}

}
