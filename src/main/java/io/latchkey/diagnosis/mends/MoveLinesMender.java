package io.latchkey.diagnosis.mends;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.LoginFacts.NearFile;
import io.latchkey.diagnosis.MendStep;
import io.latchkey.diagnosis.Mender;
import io.latchkey.diagnosis.Trouble;
import io.latchkey.inventory.Mode;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.KeyLine;
import io.latchkey.openssh.AuthorizedKeysFile.Line;

import org.springframework.stereotype.Component;

/**
 * Moves lines from a file that sshd does not read to the one that it reads: those of the
 * keys of who cannot log in, or all where nobody was named. What else stands in that file
 * stays. Not where only what was granted may stand: there it would go again.
 */
@Component
class MoveLinesMender implements Mender {

	private static final Set<String> MOVED = Set.of("misspelt-file", "nested-folder");

	private static final String COPIED = "keys-file.other";

	@Override
	public List<MendStep> plan(Trouble trouble, LoginFacts facts) {
		boolean isMoved = MOVED.contains(trouble.code());
		if ((!isMoved && !COPIED.equals(trouble.code())) || facts.node().management().mode() == Mode.EXCLUSIVE
				|| !facts.visited().isRead()) {
			return List.of();
		}
		String path = String.valueOf(trouble.arguments().get(1));
		Optional<NearFile> near = facts.near().stream().filter((file) -> file.file().path().equals(path)).findFirst();
		Optional<KeyFile> target = KeyFile.of(facts.visited().files().get(0), facts);
		if (near.isEmpty() || target.isEmpty() || KeyFile.holdsSecret(near.get().content())) {
			return List.of();
		}
		return steps(near.get(), target.get(), facts, isMoved);
	}

	private static List<MendStep> steps(NearFile near, KeyFile target, LoginFacts facts, boolean isMoved) {
		List<Line> lines = new ArrayList<>((target.content() != null) ? target.content().lines() : List.of());
		List<Line> wanted = near.content().lines().stream().filter((line) -> isWanted(line, facts)).toList();
		List<Line> missing = wanted.stream().filter((line) -> !lines.contains(line)).toList();
		if (missing.isEmpty()) {
			return List.of();
		}
		lines.addAll(missing);
		List<MendStep> steps = new ArrayList<>();
		steps.add(MendStep.content(target.path(), target.standing(), target.content(), AuthorizedKeysFile.of(lines)));
		if (isMoved && isEmptied(near, wanted) && isOwn(near, facts)) {
			steps.add(MendStep.content(near.file().path(), near.file(), near.content(), null));
		}
		return steps;
	}

	private static boolean isWanted(Line line, LoginFacts facts) {
		return line instanceof KeyLine key
				&& (facts.keys().isEmpty() || facts.keys().contains(key.publicKey().fingerprint()));
	}

	/** A public half beside its private one is there for itself. */
	private static boolean isEmptied(NearFile near, List<Line> wanted) {
		return !near.file().path().endsWith(".pub") && near.content()
			.lines()
			.stream()
			.noneMatch((line) -> line.key().isPresent() && !wanted.contains(line));
	}

	private static boolean isOwn(NearFile near, LoginFacts facts) {
		return facts.told().entry() != null && near.file().uid() == facts.told().entry().uid();
	}

}
