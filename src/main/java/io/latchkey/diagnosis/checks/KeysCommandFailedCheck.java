package io.latchkey.diagnosis.checks;

import java.util.List;

import io.latchkey.conversation.accounts.Surrounding;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether the command that says which keys let in does not run. */
@Component
class KeysCommandFailedCheck implements Check {

	@Override
	public String id() {
		return "keys-command-failed";
	}

	@Override
	public Stage stage() {
		return Stage.SSHD;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		String command = facts.told().settings().value("authorizedkeyscommand").orElse("none");
		if ("none".equalsIgnoreCase(command)) {
			return List.of();
		}
		String program = command.split(" ", 2)[0];
		return facts.told()
			.around(Surrounding.TURNED)
			.stream()
			.filter((line) -> line.contains("AuthorizedKeysCommand") && line.contains(program))
			.reduce((first, second) -> second)
			.map((line) -> Trouble.warning("keys-command-failed", facts.account(), command)
				.seen(line)
				.seenAll(facts.setting("authorizedkeyscommand", "authorizedkeyscommanduser")))
			.stream()
			.toList();
	}

}
