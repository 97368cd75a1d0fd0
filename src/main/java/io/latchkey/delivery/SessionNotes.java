package io.latchkey.delivery;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.nodestate.Findings;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** What became of the sessions that were to be ended, in words. */
@Component
class SessionNotes {

	private final Findings findings;

	SessionNotes(Findings findings) {
		this.findings = findings;
	}

	/** What a run says of the sessions that it was to end; empty when there were none. */
	String of(List<SessionOutcome> sessions) {
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
