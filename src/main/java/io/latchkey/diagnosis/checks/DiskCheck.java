package io.latchkey.diagnosis.checks;

import java.util.List;

import io.latchkey.conversation.accounts.AccountExamination.AccountEntry;
import io.latchkey.conversation.accounts.AccountExamination.DiskRoom;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether there is room for the file to be written. */
@Component
class DiskCheck implements Check {

	@Override
	public String id() {
		return "disk";
	}

	@Override
	public Stage stage() {
		return Stage.FILE;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		DiskRoom room = facts.told().room();
		if (room == null) {
			return List.of();
		}
		if (room.blocks() == 0) {
			return List.of(trouble("disk.full", facts).seen("free blocks: 0"));
		}
		if (room.inodes() > 0 && room.freeInodes() == 0) {
			return List.of(trouble("disk.inodes", facts).seen("free inodes: 0 of %d".formatted(room.inodes())));
		}
		return room.writable() ? List.of() : readOnly(facts);
	}

	/** The account owns the folder and may write there, and cannot. */
	private static List<Trouble> readOnly(LoginFacts facts) {
		AccountEntry entry = facts.told().entry();
		return facts.told()
			.steps()
			.stream()
			.filter((step) -> step.mode().startsWith("d"))
			.reduce((first, second) -> second)
			.filter((step) -> entry != null && step.uid() == entry.uid() && step.mode().startsWith("drw"))
			.map((step) -> trouble("disk.read-only", facts).seen(step.shown()))
			.stream()
			.toList();
	}

	/** It matters where a line is still to come. */
	private static Trouble trouble(String code, LoginFacts facts) {
		boolean isMissing = !facts.grants().isEmpty() && !facts.standsSomewhere();
		return isMissing ? Trouble.problem(code, facts.account(), facts.file())
				: Trouble.warning(code, facts.account(), facts.file());
	}

}
