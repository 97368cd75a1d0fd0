package io.latchkey.nodes;

import java.time.Duration;

import io.latchkey.Patience;
import io.latchkey.sshd.SshSession;

/**
 * Sessions that are open while their access is taken away.
 */
final class EndingSessions {

	private static final Duration SOON = Patience.of(Duration.ofSeconds(10));

	private EndingSessions() {
	}

	static String loggedTo(Place place, RealNode.Log log) {
		if (!place.isSshd()) {
			throw ofDropbear(place);
		}
		place.node().serveSshd(log);
		Management management = place.management();
		Management.Person person = management.person();
		Management.Person other = management.person();
		long asAlice = management.grant(person, place.node(), "alice", null);
		long asRoot = management.grant(person, place.node(), "root", null);
		long others = management.grant(other, place.node(), "alice", null);
		long othersAsRoot = management.grant(other, place.node(), "root", null);
		try (SshSession plain = place.node().judge().open("alice", person.key());
				SshSession terminal = place.node().judge().open("alice", person.key(), "-tt");
				SshSession root = place.node().judge().open("root", person.key());
				SshSession colleague = place.node().judge().open("alice", other.key());
				SshSession rootColleague = place.node().judge().open("root", other.key())) {
			mustEnd(management.revokeWithSessions(asAlice), "2 live sessions were ended.", plain, terminal);
			Shortfall.unless(root.isOpen(), "the session of root ended with those of alice");
			mustEnd(management.revokeWithSessions(asRoot), "1 live session was ended.", root);
			Shortfall.unless(colleague.isOpen() && rootColleague.isOpen(), "a session of another key ended");
		}
		management.revoke(others);
		management.revoke(othersAsRoot);
		return "";
	}

	private static void mustEnd(String said, String expected, SshSession... sessions) {
		Shortfall.unless(said.endsWith(expected), "%s", said);
		for (SshSession session : sessions) {
			Shortfall.unless(session.endsWithin(SOON), "a session lives on, although: %s", said);
		}
	}

	/** They are not ended, but that has to be said. */
	private static Shortfall ofDropbear(Place place) {
		Management.Person person = place.management().person();
		long grant = place.management().grant(person, place.node(), "alice", null);
		try (SshSession session = place.node().judge().open("alice", person.key())) {
			String said = place.management().revokeWithSessions(grant);
			Shortfall.unless(session.isOpen(), "a session ended, although: %s", said);
			Shortfall.unless(said.contains("could not be ended"), "a session lives on, and it is said: %s", said);
		}
		return new Shortfall("sessions of dropbear are not ended, which is said");
	}

}
