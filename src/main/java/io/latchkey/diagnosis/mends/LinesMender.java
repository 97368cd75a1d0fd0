package io.latchkey.diagnosis.mends;

import java.util.List;
import java.util.Set;

import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.MendStep;
import io.latchkey.diagnosis.Mender;
import io.latchkey.diagnosis.Trouble;
import io.latchkey.openssh.AuthorizedKeysFile;

import org.springframework.stereotype.Component;

/** Puts right the lines of a file that were broken on their way there. */
@Component
class LinesMender implements Mender {

	private static final Set<String> CODES = Set.of("broken-line.mark", "broken-line.wrapped", "broken-line.joined");

	@Override
	public List<MendStep> plan(Trouble trouble, LoginFacts facts) {
		if (!CODES.contains(trouble.code())) {
			return List.of();
		}
		String path = String.valueOf(trouble.arguments().get(1));
		return facts.visited()
			.files()
			.stream()
			.filter((file) -> file.path().equals(path) && file.content() != null)
			.flatMap((file) -> KeyFile.of(file, facts).stream())
			.limit(1)
			.flatMap((file) -> steps(file).stream())
			.toList();
	}

	private static List<MendStep> steps(KeyFile file) {
		AuthorizedKeysFile content = file.content();
		if (content == null) {
			return List.of();
		}
		AuthorizedKeysFile mended = LineRepair.of(content);
		return mended.equals(content) ? List.of()
				: List.of(MendStep.content(file.path(), file.standing(), content, mended));
	}

}
