package io.latchkey.diagnosis.checks;

import java.util.List;

import io.latchkey.conversation.files.Presence;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether there is such an account. */
@Component
class AccountThereCheck implements Check {

	@Override
	public String id() {
		return "account";
	}

	@Override
	public Stage stage() {
		return Stage.ACCOUNT;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		boolean isGone = facts.visited()
			.files()
			.stream()
			.anyMatch((file) -> file.observed().presence() == Presence.NO_ACCOUNT);
		return isGone ? List.of(Trouble.problem("account", facts.account(), facts.node().name())) : List.of();
	}

}
