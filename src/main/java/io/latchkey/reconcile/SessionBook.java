package io.latchkey.reconcile;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Notes after a run what became of the sessions that were to be ended. */
@Component
class SessionBook {

	private final SessionEndingRepository endings;

	private final SessionsProperties properties;

	private final Findings findings;

	private final ApplicationEventPublisher events;

	SessionBook(SessionEndingRepository endings, SessionsProperties properties, Findings findings,
			ApplicationEventPublisher events) {
		this.endings = endings;
		this.properties = properties;
		this.findings = findings;
		this.events = events;
	}

	void store(Briefing briefing, NodeOutcome outcome) {
		Instant now = outcome.endedAt().truncatedTo(ChronoUnit.MICROS);
		Set<Long> done = outcome.sessions()
			.stream()
			.filter((session) -> session.outcome() != null)
			.map((session) -> session.ending().id())
			.collect(Collectors.toSet());
		outcome.sessions().forEach((session) -> note(briefing, session, now));
		briefing.sessionEndings()
			.stream()
			.filter((ending) -> !done.contains(ending.id()))
			.filter((ending) -> ending.askedAt().plus(this.properties.giveUpAfter()).isBefore(now))
			.forEach((ending) -> note(briefing, givenUp(ending), now));
	}

	private void note(Briefing briefing, SessionOutcome session, Instant now) {
		this.endings.note(session, now);
		if (session.outcome() != null || session.ended() > 0) {
			this.events.publishEvent(new SessionsEnded(session.ending().grant(), briefing.node().name(),
					session.ending().account(), session.ending().key(), session.ended(), session.detail()));
		}
	}

	private SessionOutcome givenUp(SessionEnding ending) {
		return SessionOutcome.done(ending, SessionEnding.Outcome.GIVEN_UP, 0,
				this.findings.text("sessions.given-up", this.properties.giveUpAfter().toHours()));
	}

	/** What a run says of the sessions that it was to end; empty when there were none. */
	String tell(NodeOutcome outcome) {
		return sentences(outcome.sessions());
	}

	String sentences(List<SessionOutcome> sessions) {
		if (sessions.stream().allMatch((session) -> session.outcome() == SessionEnding.Outcome.KEPT)) {
			return "";
		}
		int ended = sessions.stream()
			.collect(Collectors.toMap((session) -> session.ending().account() + " " + session.ending().key(),
					SessionOutcome::ended, (one, other) -> one))
			.values()
			.stream()
			.mapToInt(Integer::intValue)
			.sum();
		boolean looked = ended > 0
				|| sessions.stream().anyMatch((session) -> session.outcome() == SessionEnding.Outcome.ENDED);
		return told(looked ? this.findings.text("sessions.ended", ended) : "",
				sessions.stream().map(SessionOutcome::detail));
	}

	/** The same delivery, which says of each node what became of the sessions there. */
	Delivery addTo(Delivery delivery, List<SessionEndingRepository.Row> rows) {
		if (rows.isEmpty()) {
			return delivery;
		}
		Map<String, List<SessionEndingRepository.Row>> byNode = rows.stream()
			.collect(Collectors.groupingBy(SessionEndingRepository.Row::node));
		return delivery.withDetails((entry) -> {
			List<SessionEndingRepository.Row> of = byNode.get(entry.node());
			return (of != null) ? told(Objects.requireNonNullElse(entry.detail(), ""), Stream.of(tell(of)))
					: entry.detail();
		});
	}

	private String tell(List<SessionEndingRepository.Row> rows) {
		if (rows.stream().anyMatch((row) -> row.outcome() == null)) {
			return told(this.findings.text("sessions.asked"), details(rows));
		}
		int ended = rows.stream().mapToInt(SessionEndingRepository.Row::ended).sum();
		boolean looked = ended > 0 || rows.stream().anyMatch((row) -> row.outcome() == SessionEnding.Outcome.ENDED);
		return told(looked ? this.findings.text("sessions.ended", ended) : "", details(rows));
	}

	private static Stream<@Nullable String> details(List<SessionEndingRepository.Row> rows) {
		return rows.stream().map(SessionEndingRepository.Row::detail);
	}

	private static String told(String first, Stream<@Nullable String> details) {
		return Stream.concat(Stream.of(first), details)
			.filter((text) -> text != null && !text.isEmpty())
			.distinct()
			.collect(Collectors.joining(" "));
	}

}
