package io.latchkey.diagnosis.checks;

import java.util.List;
import java.util.stream.Stream;

import io.latchkey.conversation.files.Presence;
import io.latchkey.conversation.files.StrictModesFault;
import io.latchkey.core.KebabCase;
import io.latchkey.core.ShellWord;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether owners and modes keep sshd from reading the file. */
@Component
class StrictModesCheck implements Check {

	@Override
	public String id() {
		return "strict-modes";
	}

	@Override
	public Stage stage() {
		return Stage.WAY;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		if (!facts.visited().keyFiles().strictModes()) {
			return List.of();
		}
		return facts.visited()
			.files()
			.stream()
			.filter((file) -> file.observed().presence() == Presence.FILE)
			.flatMap((file) -> Stream.ofNullable(file.observed().strictModesFault()))
			.distinct()
			.map((fault) -> trouble(fault, facts))
			.toList();
	}

	private static Trouble trouble(StrictModesFault fault, LoginFacts facts) {
		Trouble trouble = Trouble.problem("strict-modes." + KebabCase.of(fault.kind()), facts.who(), fault.path(),
				ShellWord.quoted(fault.path()).replace("`", "'?'"));
		return facts.step(fault.path())
			.map((step) -> trouble.seen(step.shown()))
			.findFirst()
			.orElse(trouble)
			.seenAll(facts.setting("strictmodes"))
			.seenLast(facts.told().log(), "bad ownership or modes");
	}

}
