package io.latchkey.diagnosis.checks;

import java.util.List;
import java.util.regex.Pattern;

import io.latchkey.conversation.accounts.Surrounding;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether sshd refused a key because it is revoked. */
@Component
class RevokedKeysCheck implements Check {

	/** The words of auth.c. */
	private static final Pattern REVOKED = Pattern.compile("Authentication key \\S{1,60} \\S{1,80} revoked by file");

	@Override
	public String id() {
		return "revoked-keys";
	}

	@Override
	public Stage stage() {
		return Stage.KEY;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		List<String> said = facts.told()
			.around(Surrounding.TURNED)
			.stream()
			.filter((line) -> REVOKED.matcher(line).find())
			.filter((line) -> facts.keys().isEmpty()
					|| facts.keys().stream().anyMatch((key) -> line.contains(key.value())))
			.toList();
		if (said.isEmpty()) {
			return List.of();
		}
		String file = facts.told().settings().value("revokedkeys").orElse("RevokedKeys");
		Trouble trouble = facts.keys().isEmpty() ? Trouble.warning("revoked-keys", facts.who(), file)
				: Trouble.problem("revoked-keys", facts.who(), file);
		return List.of(trouble.seen(said.get(said.size() - 1)).seenAll(facts.setting("revokedkeys")));
	}

}
