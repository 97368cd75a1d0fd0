package io.latchkey.diagnosis.checks;

import java.util.List;
import java.util.Optional;

import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether the folder of the file is one, and the file one. */
@Component
class KeysFolderCheck implements Check {

	@Override
	public String id() {
		return "keys-folder";
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
			.flatMap((file) -> trouble(file.observed(), file.path(), facts).stream())
			.toList();
	}

	private static Optional<Trouble> trouble(ObservedFile file, String path, LoginFacts facts) {
		String folder = path.substring(0, Math.max(path.lastIndexOf('/'), 0));
		return switch (file.presence()) {
			case SSH_NOT_A_FOLDER ->
				Optional.of(seen(Trouble.problem("keys-folder", facts.account(), folder), facts, folder));
			case NOT_A_FILE ->
				Optional.of(seen(Trouble.problem("keys-folder.file", facts.account(), path), facts, path));
			case SYMLINK -> Optional.of(seen(Trouble.warning("keys-folder.link", facts.account(), path), facts, path));
			case TOO_LARGE ->
				Optional.of(seen(Trouble.warning("keys-folder.large", facts.account(), path), facts, path));
			default -> Optional.empty();
		};
	}

	private static Trouble seen(Trouble trouble, LoginFacts facts, String path) {
		String target = facts.told().links().get(path);
		String link = (target != null) ? " -> " + target : "";
		return facts.step(path).map((step) -> trouble.seen(step.shown() + link)).findFirst().orElse(trouble);
	}

}
