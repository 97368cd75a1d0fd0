package io.latchkey.diagnosis.checks;

import java.util.List;
import java.util.regex.Pattern;

import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether a command says which keys let in as well. */
@Component
class KeysCommandCheck implements Check {

	/** As systemd's own drop-in has it, 20-systemd-userdb.conf. */
	private static final Pattern USERDB = Pattern.compile("^(?:/usr)?/bin/userdbctl ssh-authorized-keys( |$)");

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
			.map((command) -> (USERDB.matcher(command).find() ? Trouble.warning("keys-command.userdb", facts.account())
					: Trouble.warning("keys-command", facts.account(), command))
				.seenAll(facts.setting("authorizedkeyscommand", "authorizedkeyscommanduser")))
			.stream()
			.toList();
	}

}
