package io.latchkey.diagnosis.checks;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import io.latchkey.desired.Dialect;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;
import io.latchkey.diagnosis.Visit;
import io.latchkey.openssh.AuthorizedKeysFile.KeyLine;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.Fingerprint;

import org.springframework.stereotype.Component;

/** Whether a line has an option that this sshd does not know. */
@Component
class UnknownOptionCheck implements Check {

	@Override
	public String id() {
		return "unknown-option";
	}

	@Override
	public Stage stage() {
		return Stage.LINE;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		Visit visit = facts.visited();
		Dialect dialect = Dialect.of(visit.facts().sshVersion(), visit.facts().zone());
		List<Trouble> troubles = new ArrayList<>();
		for (Visit.VisitedFile file : visit.files()) {
			if (file.content() != null) {
				List<Line> lines = file.content().lines();
				BitSet taken = dialect.takenFrom(file.content());
				for (int i = 0; i < lines.size(); i++) {
					if (lines.get(i) instanceof KeyLine line && !taken.get(i)) {
						troubles.add(trouble(line, file.path(), i + 1, facts));
					}
				}
			}
		}
		return troubles.stream().limit(20).toList();
	}

	private static Trouble trouble(KeyLine line, String path, int number, LoginFacts facts) {
		Fingerprint key = line.publicKey().fingerprint();
		boolean wanted = facts.keys().contains(key) && facts.visited().lines().deciding(key).isEmpty();
		Trouble trouble = wanted
				? Trouble.problem("unknown-option", facts.who(), path, number, facts.visited().facts().sshVersion())
				: Trouble.warning("unknown-option", facts.who(), path, number, facts.visited().facts().sshVersion());
		return trouble.seen(path, number, line.options().render());
	}

}
