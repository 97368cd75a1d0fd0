package io.latchkey.api.nodes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.RunTimes;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

record RunAnswer(Instant startedAt, Duration duration, Run.Trigger trigger, Run.Outcome outcome, List<String> added,
		List<String> removed, @Nullable String detail, TimesAnswer times, boolean keptSession,
		@Nullable String handshakeLog) {

	static RunAnswer of(Run run) {
		return new RunAnswer(run.timing().startedAt(), run.timing().duration(), run.trigger(), run.outcome(),
				run.changes().added(), run.changes().removed(), run.detail(), TimesAnswer.of(run.timing().parts()),
				run.timing().parts().kept(), run.handshakeLog());
	}

	/**
	 * What the time of a run went to; null where it did not come to that.
	 */
	@Schema(name = "RunTimes")
	record TimesAnswer(Duration queued, @Nullable Duration connect, @Nullable Duration keyExchange,
			@Nullable Duration authentication, @Nullable Duration observe, @Nullable Duration apply,
			@Nullable Duration confirm) {

		static TimesAnswer of(RunTimes times) {
			return new TimesAnswer(times.queued(), times.connect(), times.keyExchange(), times.authentication(),
					times.observe(), times.apply(), times.confirm());
		}

	}

}
