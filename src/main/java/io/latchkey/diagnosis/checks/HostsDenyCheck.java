package io.latchkey.diagnosis.checks;

import java.util.List;

import io.latchkey.conversation.accounts.AccountExamination.ConfigurationLine;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether addresses are turned away before sshd hears of them. */
@Component
class HostsDenyCheck implements Check {

	@Override
	public String id() {
		return "hosts-deny";
	}

	@Override
	public Stage stage() {
		return Stage.AROUND;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		List<ConfigurationLine> lines = facts.linesOf("/etc/hosts.deny")
			.stream()
			.filter((line) -> line.text().matches("(?i).*\\b(all|sshd)\\b.*:.*"))
			.toList();
		return lines.isEmpty() ? List.of() : List.of(Trouble.warning("hosts-deny", facts.account()).seenAll(lines));
	}

}
