package io.latchkey.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.sessions.EndedSessions;
import io.latchkey.conversation.sessions.SessionQuery;
import io.latchkey.inventory.Mode;
import io.latchkey.nodestate.Findings;
import io.latchkey.runs.AccountOutcome;
import io.latchkey.runs.Visit;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that are to be ended in a run: after Latchkey's lines have gone, of keys
 * that no grant lets in any more, and never Latchkey's own.
 */
class SessionsToEnd {

	private final Visit visit;

	private final List<SessionEnding> endings;

	private final Findings findings;

	private final List<SessionOutcome> outcomes = new ArrayList<>();

	private final List<SessionEnding> ready = new ArrayList<>();

	SessionsToEnd(Visit visit, List<SessionEnding> endings, Findings findings) {
		this.visit = visit;
		this.endings = endings;
		this.findings = findings;
	}

	List<SessionOutcome> end() {
		this.endings.forEach(this::sort);
		if (!this.ready.isEmpty()) {
			List<SessionQuery> queries = this.ready.stream().map(SessionsToEnd::query).distinct().toList();
			Map<SessionQuery, EndedSessions> ended = this.visit.conversation()
				.endSessions(queries)
				.stream()
				.collect(Collectors.toMap(EndedSessions::query, Function.identity()));
			this.ready.forEach(
					(ending) -> this.outcomes.add(outcome(ending, Objects.requireNonNull(ended.get(query(ending))))));
		}
		return List.copyOf(this.outcomes);
	}

	private void sort(SessionEnding ending) {
		if (isStillLetIn(ending)) {
			this.outcomes.add(SessionOutcome.done(ending, SessionEnding.Outcome.KEPT, 0,
					this.findings.text("sessions.kept", ending.account())));
		}
		else if (this.visit.node().management().mode() == Mode.OBSERVE) {
			this.outcomes.add(new SessionOutcome(ending, null, 0, this.findings.text("sessions.mode.observe"), false));
		}
		else if (!FileQuery.isAccount(ending.account())) {
			this.outcomes.add(SessionOutcome.done(ending, SessionEnding.Outcome.LEFT, 0,
					this.findings.text("account.name", ending.account())));
		}
		else if (isGone(ending, this.visit.account(ending.account()).orElse(null))) {
			this.ready.add(ending);
		}
	}

	private boolean isStillLetIn(SessionEnding ending) {
		return this.visit.ownKeys().contains(ending.key()) || this.visit.desired()
			.linesOf(ending.account())
			.stream()
			.anyMatch((line) -> line.fingerprint().equals(ending.key()));
	}

	/** An account whose file is as it was remembered has nothing but desired lines. */
	private boolean isGone(SessionEnding ending, @Nullable AccountOutcome looked) {
		if (looked == null || looked.isFailed()) {
			return false;
		}
		AccountOutcome.Content content = looked.content();
		return looked.comparison().unchanged() || content != null && this.visit.placed()
			.stream()
			.filter((line) -> line.account().equals(ending.account()))
			.filter((line) -> line.isOwn() && line.fingerprint().equals(ending.key()))
			.noneMatch((line) -> content.texts().contains(line.line()));
	}

	private SessionOutcome outcome(SessionEnding ending, EndedSessions ended) {
		if (ended.obstacle() == null) {
			return SessionOutcome.done(ending, SessionEnding.Outcome.ENDED, ended.ended(), null);
		}
		String detail = this.findings.of(ended);
		return ended.isWorthAnotherTry() ? new SessionOutcome(ending, null, ended.ended(), detail, true)
				: SessionOutcome.done(ending, SessionEnding.Outcome.LEFT, ended.ended(), detail);
	}

	private static SessionQuery query(SessionEnding ending) {
		return new SessionQuery(ending.account(), ending.key());
	}

}
