package io.latchkey.diagnosis.checks;

import java.util.List;

import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether a command says which keys let in as well. */
@Component
class KeysCommandCheck implements Check {

	@Override
	public String id() {
		return "keys-command";
	}

	@Override
	public Stage stage() {
		return Stage.SSHD;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		return facts.told()
			.settings()
			.value("authorizedkeyscommand")
			.filter((command) -> !"none".equalsIgnoreCase(command))
			.map((command) -> Trouble.warning("keys-command", facts.account(), command)
				.seenAll(facts.setting("authorizedkeyscommand", "authorizedkeyscommanduser")))
			.stream()
			.toList();
	}

}
