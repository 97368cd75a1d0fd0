package io.latchkey.diagnosis.checks;

import java.util.List;

import io.latchkey.conversation.accounts.AccountExamination.ExaminedFile;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether keys stand in a file whose name is nearly the right one. */
@Component
class MisspeltFileCheck implements Check {

	@Override
	public String id() {
		return "misspelt-file";
	}

	@Override
	public Stage stage() {
		return Stage.FILE;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		boolean isServed = facts.visited()
			.files()
			.stream()
			.anyMatch((file) -> file.content() != null && facts.matters(file.content()));
		return facts.near()
			.stream()
			.filter((near) -> !NearFolders.isNested(near.file().path(), facts) && NearFolders.counts(near, facts))
			.filter((near) -> !NearFolders.isUsual(near.file().path()))
			.map((near) -> trouble(near.file(), facts, !isServed))
			.limit(5)
			.toList();
	}

	private static Trouble trouble(ExaminedFile near, LoginFacts facts, boolean certain) {
		Trouble trouble = certain ? Trouble.problem("misspelt-file", facts.who(), near.path(), facts.file())
				: Trouble.warning("misspelt-file", facts.who(), near.path(), facts.file());
		return trouble.seen(near.shown());
	}

}
