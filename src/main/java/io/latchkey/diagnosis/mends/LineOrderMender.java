package io.latchkey.diagnosis.mends;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.MendStep;
import io.latchkey.diagnosis.Mender;
import io.latchkey.diagnosis.Trouble;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.Line;

import org.springframework.stereotype.Component;

/**
 * Puts the line that is granted before the one that decides in its place. Where they
 * stand in two files nothing is done: sshd reads the first one first.
 */
@Component
class LineOrderMender implements Mender {

	@Override
	public List<MendStep> plan(Trouble trouble, LoginFacts facts) {
		if (!trouble.code().startsWith("line-order")) {
			return List.of();
		}
		List<Object> said = trouble.arguments();
		String path = String.valueOf(said.get(1));
		if (!path.equals(said.get(4))) {
			return List.of();
		}
		return facts.visited()
			.files()
			.stream()
			.filter((file) -> file.path().equals(path))
			.flatMap((file) -> KeyFile.of(file, facts).stream())
			.flatMap((file) -> moved(file, (Integer) said.get(3) - 1, (Integer) said.get(2) - 1).stream())
			.limit(1)
			.toList();
	}

	private static Optional<MendStep> moved(KeyFile file, int from, int to) {
		AuthorizedKeysFile content = file.content();
		if (content == null || from <= to || from >= content.lines().size()) {
			return Optional.empty();
		}
		List<Line> lines = new ArrayList<>(content.lines());
		lines.add(to, lines.remove(from));
		return Optional.of(MendStep.content(file.path(), file.standing(), content, AuthorizedKeysFile.of(lines)));
	}

}
