package io.latchkey.logins;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

import io.latchkey.core.ManyAtOnce;
import io.latchkey.core.ManyAtOnce.Outcome;
import io.latchkey.core.NoTransaction;
import io.latchkey.grants.GrantId;
import io.latchkey.identity.Identity;
import io.latchkey.logins.FoundSessions.Found;
import io.latchkey.logins.FoundSessions.Silent;
import io.latchkey.logins.FoundSessions.Untold;
import io.latchkey.nodestate.Findings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Service;

/**
 * Where somebody is in now: the nodes are asked each time, and nothing of it is kept.
 */
@Service
public class SessionSearch {

	private static final Logger log = LoggerFactory.getLogger(SessionSearch.class);

	/** As many nodes are asked. */
	public static final int MOST_NODES = 48;

	/** Three rounds, of which one may come to a node that does not answer. */
	private static final Duration WITHIN = Duration.ofSeconds(25);

	private final LikelyNodeReader likely;

	private final OpenSessions sessions;

	private final ManyAtOnce many;

	private final Findings findings;

	private final Clock clock;

	SessionSearch(LikelyNodeReader likely, OpenSessions sessions, ManyAtOnce many, Findings findings, Clock clock) {
		this.likely = likely;
		this.sessions = sessions;
		this.many = many;
		this.findings = findings;
		this.clock = clock;
	}

	/** Those that were opened with a key of this identity. */
	public FoundSessions of(Identity identity) {
		NoTransaction.require();
		return among(this.likely.of(identity, MOST_NODES), (opened) -> identity.name().equals(opened.identity())
				|| (opened.key() != null && identity.fingerprints().contains(opened.key())));
	}

	/** Those that this grant let in. */
	public FoundSessions by(GrantId grant) {
		NoTransaction.require();
		return among(this.likely.by(grant, MOST_NODES), (opened) -> Objects.equals(opened.grant(), grant.value()));
	}

	private FoundSessions among(LikelyNodeReader.Chosen chosen, Predicate<SessionsNow.Opening> theirs) {
		List<Found> found = new ArrayList<>();
		List<Silent> silent = new ArrayList<>();
		List<Untold> untold = new ArrayList<>();
		this.many.each(chosen.nodes(), WITHIN, this.sessions::on).forEach((node, outcome) -> {
			Optional<SessionsNow> answer = answer(outcome);
			answer.map(SessionsNow::sessions)
				.orElse(List.of())
				.stream()
				.filter((session) -> session.opened() != null && theirs.test(session.opened()))
				.forEach((session) -> found.add(new Found(node.name(), session)));
			why(answer).ifPresent((why) -> silent.add(new Silent(node.name(), why)));
			long hidden = answer.map(SessionSearch::hidden).orElse(0L);
			if (hidden > 0) {
				untold.add(new Untold(node.name(), (int) hidden));
			}
		});
		found.sort(Comparator.comparing((Found one) -> one.session().since()).reversed());
		return new FoundSessions(this.clock.instant(), found, silent, untold, chosen.more());
	}

	private static Optional<SessionsNow> answer(Outcome<SessionsNow> outcome) {
		if (outcome.failure() != null) {
			log.error("A node could not be asked who is in", outcome.failure());
		}
		return Optional.ofNullable(outcome.answer());
	}

	private Optional<String> why(Optional<SessionsNow> answer) {
		return answer.isEmpty() ? Optional.of(this.findings.text("sessions.no-answer", WITHIN.toSeconds()))
				: answer.map(SessionsNow::obstacle);
	}

	/** How many may be theirs, for all that is known. */
	private static long hidden(SessionsNow now) {
		return now.others() + now.sessions()
			.stream()
			.filter((session) -> session.opened() == null || session.opened().key() == null)
			.count();
	}

}
