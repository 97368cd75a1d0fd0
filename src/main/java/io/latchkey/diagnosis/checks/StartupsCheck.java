package io.latchkey.diagnosis.checks;

import java.util.List;

import io.latchkey.conversation.accounts.Surrounding;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether too many logins under way keep others out. */
@Component
class StartupsCheck implements Check {

	@Override
	public String id() {
		return "startups";
	}

	@Override
	public Stage stage() {
		return Stage.AROUND;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		List<String> said = facts.told()
			.around(Surrounding.TURNED)
			.stream()
			.filter((line) -> line.contains("MaxStartups"))
			.toList();
		if (said.isEmpty()) {
			return List.of();
		}
		return List.of(Trouble.warning("startups", facts.told().settings().value("maxstartups").orElse("10:30:100"))
			.seen(said.get(said.size() - 1))
			.seenAll(facts.setting("maxstartups", "persourcemaxstartups")));
	}

}
