package io.latchkey.conversation.sessions;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.latchkey.conversation.sessions.EndSession.Ending;
import io.latchkey.inventory.Privilege;
import io.latchkey.ssh.Login;
import org.jspecify.annotations.Nullable;

/**
 * Tells which sessions are open on a node, and ends one that it told of. Never one by
 * which Latchkey itself is there.
 */
public final class SessionReader {

	private static final int MOST_ACCOUNTS = 50;

	private static final int MOST_SESSIONS = 500;

	private final SessionChannel channel;

	private final Login login;

	private final List<OpenSession> open = new ArrayList<>();

	private int others;

	private @Nullable String obstacle;

	public SessionReader(SessionChannel channel, Login login) {
		this.channel = channel;
		this.login = login;
	}

	public OpenSessionsAnswer read() {
		try {
			accounts().forEach(this::look);
		}
		catch (SessionsUnavailable ex) {
			this.obstacle = ex.why();
		}
		return new OpenSessionsAnswer(List.copyOf(this.open), this.others, this.obstacle);
	}

	private List<String> accounts() {
		if (this.login.privilege() == Privilege.SELF) {
			return List.of(this.login.account());
		}
		FindSessionAccounts.Found found = this.channel.ask(new FindSessionAccounts(MOST_ACCOUNTS));
		this.others = found.others();
		return found.names();
	}

	/** What is not known of one account hides nothing of the others. */
	private void look(String account) {
		try {
			SessionLook look = this.channel.ask(new FindSessions(account));
			look.sessions().stream().filter((session) -> !this.channel.isLatchkeys(session)).forEach((session) -> {
				if (this.open.size() < MOST_SESSIONS) {
					this.open.add(look.told(session));
				}
				else {
					this.others++;
				}
			});
		}
		catch (SessionsUnavailable ex) {
			this.others++;
			this.obstacle = Objects.requireNonNullElse(this.obstacle, ex.why());
		}
	}

	/** The session is looked for again: it has to be there still, and not Latchkey's. */
	public SessionEnd end(String account, long process, long start) {
		try {
			LiveSession session = this.channel.ask(new FindSessions(account))
				.sessions()
				.stream()
				.filter((each) -> each.process() == process && each.start() == start)
				.findFirst()
				.orElse(null);
			if (session == null) {
				return new SessionEnd(SessionEnd.Outcome.GONE, null);
			}
			if (this.channel.isLatchkeys(session)) {
				return new SessionEnd(SessionEnd.Outcome.STAYS, "it is one by which Latchkey itself is there");
			}
			Ending ending = this.channel.ask(new EndSession(account, session));
			if (ending instanceof Ending.Stays stays) {
				return new SessionEnd(SessionEnd.Outcome.STAYS, stays.why());
			}
			return new SessionEnd((ending instanceof Ending.Ended) ? SessionEnd.Outcome.ENDED : SessionEnd.Outcome.GONE,
					null);
		}
		catch (SessionsUnavailable ex) {
			return new SessionEnd(SessionEnd.Outcome.STAYS, ex.why());
		}
	}

}
