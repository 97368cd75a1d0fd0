package io.latchkey.diagnosis.checks;

import java.util.List;
import java.util.Optional;

import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether an agent with many keys is sent away before the right one. */
@Component
class MaxAuthTriesCheck implements Check {

	@Override
	public String id() {
		return "many-keys";
	}

	@Override
	public Stage stage() {
		return Stage.AROUND;
	}

	private static final int FEW = 3;

	@Override
	public List<Trouble> look(LoginFacts facts) {
		Optional<String> said = LoggedRefusals.last(facts, MaxAuthTriesCheck::isTooMany);
		String most = facts.told().settings().value("maxauthtries").orElse("6");
		if (said.isPresent()) {
			return List.of(Trouble.likely("many-keys", facts.account(), most)
				.seen(said.get())
				.seenAll(facts.setting("maxauthtries")));
		}
		boolean isFew = most.matches("\\d{1,4}") && Integer.parseInt(most) < FEW;
		return isFew
				? List
					.of(Trouble.warning("many-keys.few", facts.account(), most).seenAll(facts.setting("maxauthtries")))
				: List.of();
	}

	private static boolean isTooMany(String line) {
		return line.contains("Too many authentication failures")
				|| line.contains("maximum authentication attempts exceeded");
	}

}
