package io.latchkey.diagnosis.checks;

import java.util.List;

import io.latchkey.conversation.files.Presence;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;
import io.latchkey.diagnosis.Visit.VisitedFile;

import org.springframework.stereotype.Component;

/** Whether sshd, with the rights of the account, can read the file. */
@Component
class UnreadableCheck implements Check {

	@Override
	public String id() {
		return "unreadable";
	}

	@Override
	public Stage stage() {
		return Stage.WAY;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		return facts.visited()
			.files()
			.stream()
			.filter((file) -> isUnreadable(file))
			.map((file) -> seen(Trouble.problem("unreadable", facts.account(), file.path()), facts, file.path()))
			.toList();
	}

	private static boolean isUnreadable(VisitedFile file) {
		return file.observed().presence() == Presence.UNREADABLE
				|| (file.failure() != null && "no-permission".equals(file.failure().reason()));
	}

	private static Trouble seen(Trouble trouble, LoginFacts facts, String path) {
		return facts.step(path).map((step) -> trouble.seen(step.shown())).findFirst().orElse(trouble);
	}

}
