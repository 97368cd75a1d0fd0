package io.latchkey.diagnosis.checks;

import java.util.List;

import io.latchkey.conversation.files.Presence;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether there is a file of keys at all. */
@Component
class MissingFileCheck implements Check {

	@Override
	public String id() {
		return "keys-there";
	}

	@Override
	public Stage stage() {
		return Stage.FILE;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		boolean isRead = facts.visited().isRead();
		boolean isNowhere = facts.visited()
			.files()
			.stream()
			.allMatch((file) -> file.observed().presence() == Presence.ABSENT);
		boolean isElsewhere = facts.near().stream().anyMatch((near) -> facts.matters(near.content()));
		if (!isRead || !isNowhere || isElsewhere) {
			return List.of();
		}
		Trouble trouble = Trouble.problem("keys-there", facts.who(), facts.account(), facts.file());
		return List.of(facts.told()
			.steps()
			.stream()
			.reduce((first, second) -> second)
			.map((step) -> trouble.seen(step.shown()))
			.orElse(trouble));
	}

}
