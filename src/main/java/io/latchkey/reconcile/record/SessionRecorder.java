package io.latchkey.reconcile.record;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.delivery.SessionEnding;
import io.latchkey.delivery.SessionEndingRepository;
import io.latchkey.delivery.SessionNotes;
import io.latchkey.delivery.SessionOutcome;
import io.latchkey.delivery.SessionsEnded;
import io.latchkey.delivery.SessionsProperties;
import io.latchkey.nodestate.Findings;
import io.latchkey.reconcile.converse.RunOutcome;
import io.latchkey.reconcile.read.RunInput;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Notes after a run what became of the sessions that were to be ended. */
@Component
class SessionRecorder {

	private final SessionEndingRepository endings;

	private final SessionsProperties properties;

	private final Findings findings;

	private final SessionNotes notes;

	private final ApplicationEventPublisher events;

	SessionRecorder(SessionEndingRepository endings, SessionsProperties properties, Findings findings,
			SessionNotes notes, ApplicationEventPublisher events) {
		this.endings = endings;
		this.properties = properties;
		this.findings = findings;
		this.notes = notes;
		this.events = events;
	}

	void store(RunInput input, RunOutcome outcome) {
		Instant now = outcome.endedAt().truncatedTo(ChronoUnit.MICROS);
		Set<Long> done = outcome.sessions()
			.stream()
			.filter((session) -> session.outcome() != null)
			.map((session) -> session.ending().id())
			.collect(Collectors.toSet());
		outcome.sessions().forEach((session) -> note(input, session, now));
		input.sessionEndings()
			.stream()
			.filter((ending) -> !done.contains(ending.id()))
			.filter((ending) -> ending.askedAt().plus(this.properties.giveUpAfter()).isBefore(now))
			.forEach((ending) -> note(input, givenUp(ending), now));
	}

	private void note(RunInput input, SessionOutcome session, Instant now) {
		this.endings.note(session, now);
		if (session.outcome() != null || session.ended() > 0) {
			this.events.publishEvent(new SessionsEnded(session.ending().grant(), input.node().name(),
					session.ending().account(), session.ending().key(), session.ended(), session.detail()));
		}
	}

	private SessionOutcome givenUp(SessionEnding ending) {
		return SessionOutcome.done(ending, SessionEnding.Outcome.GIVEN_UP, 0,
				this.findings.text("sessions.given-up", this.properties.giveUpAfter().toHours()));
	}

	/** What a run says of the sessions that it was to end; empty when there were none. */
	String tell(RunOutcome outcome) {
		return this.notes.of(outcome.sessions());
	}

}
