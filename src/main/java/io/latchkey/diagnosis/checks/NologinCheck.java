package io.latchkey.diagnosis.checks;

import java.util.List;

import io.latchkey.conversation.accounts.AccountExamination.AccountEntry;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether a file lets only root log in. */
@Component
class NologinCheck implements Check {

	@Override
	public String id() {
		return "nologin";
	}

	@Override
	public Stage stage() {
		return Stage.ACCOUNT;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		AccountEntry entry = facts.told().entry();
		if (entry == null || entry.uid() == 0) {
			return List.of();
		}
		boolean pam = facts.told().settings().is("usepam", "yes");
		return facts.told()
			.nologin()
			.entrySet()
			.stream()
			.filter((file) -> pam || "/etc/nologin".equals(file.getKey()))
			.map((file) -> Trouble.problem("nologin", facts.account(), file.getKey())
				.seen(file.getKey(), 1, file.getValue()))
			.toList();
	}

}
