package io.latchkey.delivery;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.Findings;
import io.latchkey.runs.FinishedRun;
import io.latchkey.runs.PartOfRun;
import io.latchkey.runs.RunPart;
import io.latchkey.runs.Visit;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What a run has to do with the sessions that are to be ended on its node. */
@Component
class SessionEndingPart implements RunPart<List<SessionEnding>, EndedOnNode> {

	private final SessionEndingRepository endings;

	private final SessionsProperties properties;

	private final Findings findings;

	private final SessionNotes notes;

	private final ApplicationEventPublisher events;

	SessionEndingPart(SessionEndingRepository endings, SessionsProperties properties, Findings findings,
			SessionNotes notes, ApplicationEventPublisher events) {
		this.endings = endings;
		this.properties = properties;
		this.findings = findings;
		this.notes = notes;
		this.events = events;
	}

	@Override
	public String name() {
		return "session-ending";
	}

	@Override
	public Stage stage() {
		return Stage.GONE;
	}

	@Override
	public Map<NodeId, List<SessionEnding>> read(Collection<NodeId> nodes) {
		return this.endings.openOn(nodes);
	}

	@Override
	public boolean asksWhatIsGone(List<SessionEnding> open) {
		return !open.isEmpty();
	}

	@Override
	public EndedOnNode act(List<SessionEnding> open, Visit visit) {
		List<SessionOutcome> sessions = new SessionsToEnd(visit, open, this.findings).end();
		return new EndedOnNode(sessions, this.notes.of(sessions));
	}

	@Override
	public void record(List<PartOfRun<List<SessionEnding>, EndedOnNode>> runs, StatementBatch batch) {
		runs.forEach((part) -> record(part.run(), part.input(),
				(part.outcome() != null) ? part.outcome().sessions() : List.of()));
	}

	private void record(FinishedRun run, List<SessionEnding> open, List<SessionOutcome> sessions) {
		Set<Long> done = sessions.stream()
			.filter((session) -> session.outcome() != null)
			.map((session) -> session.ending().id())
			.collect(Collectors.toSet());
		sessions.forEach((session) -> note(run, session));
		open.stream()
			.filter((ending) -> !done.contains(ending.id()))
			.filter((ending) -> ending.askedAt().plus(this.properties.giveUpAfter()).isBefore(run.at()))
			.forEach((ending) -> note(run, givenUp(ending)));
	}

	private void note(FinishedRun run, SessionOutcome session) {
		Instant now = run.at();
		this.endings.note(session, now);
		if (session.outcome() != null || session.ended() > 0) {
			this.events.publishEvent(new SessionsEnded(session.ending().grant(), run.node().name(),
					session.ending().account(), session.ending().key(), session.ended(), session.detail()));
		}
	}

	private SessionOutcome givenUp(SessionEnding ending) {
		return SessionOutcome.done(ending, SessionEnding.Outcome.GIVEN_UP, 0,
				this.findings.text("sessions.given-up", this.properties.giveUpAfter().toHours()));
	}

}
