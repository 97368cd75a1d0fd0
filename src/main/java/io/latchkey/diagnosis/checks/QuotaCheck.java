package io.latchkey.diagnosis.checks;

import java.util.List;

import io.latchkey.conversation.accounts.Surrounding;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether the account may write no more. */
@Component
class QuotaCheck implements Check {

	@Override
	public String id() {
		return "quota";
	}

	@Override
	public Stage stage() {
		return Stage.FILE;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		List<String> said = facts.told().around(Surrounding.QUOTA).stream().limit(5).toList();
		if (said.isEmpty()) {
			return List.of();
		}
		boolean isMissing = !facts.grants().isEmpty() && !facts.standsSomewhere();
		Trouble trouble = isMissing ? Trouble.problem("quota", facts.account(), facts.file())
				: Trouble.warning("quota", facts.account(), facts.file());
		for (String line : said) {
			trouble = trouble.seen(line);
		}
		return List.of(trouble);
	}

}
