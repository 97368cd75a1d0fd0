package io.latchkey.foreignkeys;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.runs.FinishedRun;
import io.latchkey.runs.RunRecording;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Forgets the unwanted keys that runs have seen gone. */
@Component
class UnwantedKeyRecorder implements RunRecording {

	private final UnwantedKeyRepository keys;

	private final ApplicationEventPublisher events;

	UnwantedKeyRecorder(UnwantedKeyRepository keys, ApplicationEventPublisher events) {
		this.keys = keys;
		this.events = events;
	}

	@Override
	public void record(List<FinishedRun> runs, StatementBatch batch) {
		Map<NodeId, Map<String, Set<Fingerprint>>> open = this.keys
			.on(runs.stream().map((run) -> run.node().id()).toList());
		runs.forEach((run) -> settle(run, open.getOrDefault(run.node().id(), Map.of())));
	}

	/** An account that was not read may have any. */
	private void settle(FinishedRun run, Map<String, Set<Fingerprint>> open) {
		Map<String, Set<Fingerprint>> standing = run.foreignKeys();
		open.forEach((account, keys) -> {
			Set<Fingerprint> left = standing.get(account);
			if (left != null) {
				keys.stream().filter((key) -> !left.contains(key)).forEach((key) -> {
					this.keys.remove(run.node().id(), account, key);
					this.events.publishEvent(new ForeignKeyGone(key, run.node().name(), account));
				});
			}
		});
	}

}
