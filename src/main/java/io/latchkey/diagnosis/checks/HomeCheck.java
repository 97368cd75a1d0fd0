package io.latchkey.diagnosis.checks;

import java.util.List;

import io.latchkey.conversation.accounts.AccountExamination.AccountEntry;
import io.latchkey.conversation.files.Presence;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether the account's home is there. */
@Component
class HomeCheck implements Check {

	@Override
	public String id() {
		return "home";
	}

	@Override
	public Stage stage() {
		return Stage.WAY;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		AccountEntry entry = facts.told().entry();
		boolean isGone = facts.visited()
			.files()
			.stream()
			.anyMatch((file) -> file.observed().presence() == Presence.NO_HOME);
		if (!isGone || entry == null) {
			return List.of();
		}
		return List.of(Trouble.problem("home", facts.account(), entry.home())
			.seen("/etc/passwd: the home of %s is %s, which is not there".formatted(facts.account(), entry.home())));
	}

}
