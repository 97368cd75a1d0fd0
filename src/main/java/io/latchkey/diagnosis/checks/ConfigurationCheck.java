package io.latchkey.diagnosis.checks;

import java.util.List;

import io.latchkey.conversation.accounts.AccountExamination.ConfigurationLine;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether sshd takes its own configuration. */
@Component
class ConfigurationCheck implements Check {

	@Override
	public String id() {
		return "configuration";
	}

	@Override
	public Stage stage() {
		return Stage.SSHD;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		if (facts.told().broken().isEmpty()) {
			return List.of();
		}
		Trouble trouble = Trouble.problem("configuration", facts.account());
		for (String line : facts.told().broken()) {
			trouble = trouble.seen(line);
		}
		return List.of(trouble.seenAll(facts.told().rules().stream().filter((line) -> isNamed(line, facts)).toList()));
	}

	private static boolean isNamed(ConfigurationLine line, LoginFacts facts) {
		return facts.told()
			.broken()
			.stream()
			.anyMatch((said) -> said.startsWith(line.file()) && said.contains("line %d:".formatted(line.number())));
	}

}
