package io.latchkey.diagnosis.checks;

import java.util.List;

import io.latchkey.conversation.accounts.AccountExamination.ConfigurationLine;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether sshd reads the file that people mean. */
@Component
class KeysFileCheck implements Check {

	@Override
	public String id() {
		return "keys-file";
	}

	@Override
	public Stage stage() {
		return Stage.SSHD;
	}

	private static final String USUAL = "/.ssh/authorized_keys";

	@Override
	public List<Trouble> look(LoginFacts facts) {
		if (facts.visited().unanswered() != null) {
			return List.of();
		}
		if (!facts.visited().named()) {
			return List.of(Trouble.problem("keys-file.none", facts.account()).seenAll(lines(facts)));
		}
		boolean isRead = facts.visited().files().stream().anyMatch((file) -> file.path().endsWith(USUAL));
		return facts.near()
			.stream()
			.filter((near) -> !isRead && near.file().path().endsWith(USUAL) && facts.matters(near.content()))
			.map((near) -> Trouble.problem("keys-file.other", facts.account(), near.file().path(), facts.file())
				.seen(near.file().shown())
				.seenAll(lines(facts)))
			.limit(1)
			.toList();
	}

	private static List<ConfigurationLine> lines(LoginFacts facts) {
		return facts.setting("authorizedkeysfile", "match").stream().limit(20).toList();
	}

}
