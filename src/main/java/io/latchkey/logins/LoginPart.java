package io.latchkey.logins;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.latchkey.conversation.logs.LogPosition;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;
import io.latchkey.logins.LoginLogRepository.ReadLog;
import io.latchkey.runs.PartOfRun;
import io.latchkey.runs.PartOutcome;
import io.latchkey.runs.RunPart;
import io.latchkey.runs.Visit;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** With each run the node's log is read, as far as it is new. */
@Component
class LoginPart implements RunPart<ReadLog, LoginPart.Read> {

	/** What could not be read is not tried each time. */
	private static final Duration NEXT_TRY = Duration.ofHours(1);

	private final LoginLogRepository logs;

	private final LogReader reader;

	private final LoginRecorder recorder;

	private final Clock clock;

	LoginPart(LoginLogRepository logs, LogReader reader, LoginRecorder recorder, Clock clock) {
		this.logs = logs;
		this.reader = reader;
		this.recorder = recorder;
		this.clock = clock;
	}

	@Override
	public String name() {
		return "logins";
	}

	@Override
	public Stage stage() {
		return Stage.LAST;
	}

	@Override
	public Map<NodeId, ReadLog> read(Collection<NodeId> nodes) {
		Instant now = this.clock.instant();
		Map<NodeId, ReadLog> known = this.logs.of(nodes);
		Map<NodeId, ReadLog> due = new HashMap<>();
		nodes.forEach((node) -> {
			ReadLog before = known.getOrDefault(node, ReadLog.nothing(node, now));
			if (before.failure() == null || before.readAt().plus(NEXT_TRY).isBefore(now)) {
				due.put(node, before);
			}
		});
		return due;
	}

	/**
	 * The login by which a kept session came was followed by a look at the log, moments
	 * ago: the changes in a row that it serves are not held up by another each.
	 */
	@Override
	public Read act(ReadLog before, Visit visit) {
		if (visit.conversation().loginTimes().kept() && !before.position().equals(LogPosition.NONE)) {
			return new Read(null);
		}
		return new Read(this.reader.read(visit.conversation(), visit.node(), before));
	}

	@Override
	public void record(List<PartOfRun<ReadLog, Read>> runs, StatementBatch batch) {
		this.recorder.record(runs.stream().flatMap(LoginPart::log).toList(), batch);
	}

	private static Stream<NodeLog> log(PartOfRun<ReadLog, Read> part) {
		Read outcome = part.outcome();
		return Stream.ofNullable((outcome != null) ? outcome.log() : null);
	}

	/**
	 * What was read.
	 *
	 * @param log null where the node told nothing, or was not asked
	 */
	record Read(@Nullable NodeLog log) implements PartOutcome {

	}

}
