package io.latchkey.diagnosis.checks;

import java.util.List;

import io.latchkey.conversation.accounts.AccountExamination.ExaminedFile;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether a folder of keys was copied into the folder of the file. */
@Component
class NestedFolderCheck implements Check {

	@Override
	public String id() {
		return "nested-folder";
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
			.filter((near) -> NearFolders.isNested(near.file().path(), facts) && NearFolders.counts(near, facts))
			.map((near) -> trouble(near.file(), facts, !isServed))
			.limit(5)
			.toList();
	}

	private static Trouble trouble(ExaminedFile near, LoginFacts facts, boolean certain) {
		Trouble trouble = certain ? Trouble.problem("nested-folder", facts.who(), near.path(), facts.file())
				: Trouble.warning("nested-folder", facts.who(), near.path(), facts.file());
		return trouble.seen(near.shown());
	}

}
