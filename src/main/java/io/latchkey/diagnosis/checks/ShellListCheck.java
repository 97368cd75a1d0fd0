package io.latchkey.diagnosis.checks;

import java.util.List;

import io.latchkey.conversation.accounts.AccountExamination.ConfigurationLine;
import io.latchkey.conversation.accounts.Surrounding;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether the account has a shell that /etc/shells does not list. */
@Component
class ShellListCheck implements Check {

	@Override
	public String id() {
		return "shell-list";
	}

	@Override
	public Stage stage() {
		return Stage.ACCOUNT;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		List<String> shells = facts.told().around(Surrounding.SHELLS);
		if (shells.isEmpty()) {
			return List.of();
		}
		List<ConfigurationLine> asking = facts.linesOf("/etc/pam.d/sshd")
			.stream()
			.filter((line) -> line.text().contains("pam_shells"))
			.toList();
		boolean asked = facts.told().settings().is("usepam", "yes") && !asking.isEmpty();
		if (!asked) {
			return List.of();
		}
		return List.of(Trouble.problem("shell-list", facts.account(), shells.get(0))
			.seen("/etc/shells: no line %s".formatted(shells.get(0)))
			.seenAll(asking));
	}

}
