package io.latchkey.diagnosis.checks;

import java.util.List;

import io.latchkey.conversation.accounts.AccountExamination.ConfigurationLine;
import io.latchkey.conversation.accounts.Surrounding;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether systemd listens in the place of sshd, and where. */
@Component
class SocketCheck implements Check {

	@Override
	public String id() {
		return "socket";
	}

	@Override
	public Stage stage() {
		return Stage.SSHD;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		List<String> said = facts.told().around(Surrounding.SOCKET);
		boolean active = said.contains("ActiveState=active");
		List<ConfigurationLine> lines = facts.setting("port", "listenaddress");
		if (!active || lines.isEmpty()) {
			return List.of();
		}
		Trouble trouble = Trouble.warning("socket", facts.node().name());
		for (String line : said.stream()
			.filter((line) -> line.startsWith("Listen") || line.startsWith("Id="))
			.limit(6)
			.toList()) {
			trouble = trouble.seen(line);
		}
		return List.of(trouble.seenAll(lines));
	}

}
