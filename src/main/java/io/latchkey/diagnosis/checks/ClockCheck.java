package io.latchkey.diagnosis.checks;

import java.time.Duration;
import java.util.List;

import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether the node has another time than Latchkey. */
@Component
class ClockCheck implements Check {

	private static final Duration MUCH = Duration.ofMinutes(2);

	@Override
	public String id() {
		return "clock";
	}

	@Override
	public Stage stage() {
		return Stage.AROUND;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		Duration offset = facts.visited().facts().clockOffset();
		if (offset.abs().compareTo(MUCH) < 0) {
			return List.of();
		}
		String code = offset.isNegative() ? "clock.behind" : "clock.ahead";
		return List.of(Trouble.warning(code, facts.node().name(), offset.abs().toSeconds())
			.seen("date: %s".formatted(facts.visited().facts().now())));
	}

}
