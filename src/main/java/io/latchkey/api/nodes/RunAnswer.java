package io.latchkey.api.nodes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.latchkey.reconcile.Run;
import org.jspecify.annotations.Nullable;

record RunAnswer(Instant startedAt, Duration duration, Run.Trigger trigger, Run.Outcome outcome, List<String> added,
		List<String> removed, @Nullable String detail) {

	static RunAnswer of(Run run) {
		return new RunAnswer(run.startedAt(), run.duration(), run.trigger(), run.outcome(), run.added(), run.removed(),
				run.detail());
	}

}
