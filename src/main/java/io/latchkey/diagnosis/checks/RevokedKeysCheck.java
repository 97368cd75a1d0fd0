package io.latchkey.diagnosis.checks;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.latchkey.conversation.accounts.Surrounding;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;
import io.latchkey.openssh.LogLine;

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
		String file = facts.told().settings().value("revokedkeys").orElse("none");
		if (said.isEmpty() || "none".equals(file)) {
			return List.of();
		}
		boolean certain = !facts.keys().isEmpty() && !isTakenSince(said.get(said.size() - 1), facts);
		Trouble trouble = certain ? Trouble.problem("revoked-keys", facts.who(), file)
				: Trouble.warning("revoked-keys", facts.who(), file);
		return List.of(trouble.seen(said.get(said.size() - 1)).seenAll(facts.setting("revokedkeys")));
	}

	/**
	 * Whether one of the keys was let in after that, which it is not while it is revoked.
	 */
	private static boolean isTakenSince(String refusal, LoginFacts facts) {
		Optional<Instant> refused = at(refusal, facts);
		return facts.told()
			.log()
			.stream()
			.filter((line) -> line.contains("Accepted publickey"))
			.filter((line) -> facts.keys().stream().anyMatch((key) -> line.contains(key.value())))
			.flatMap((line) -> at(line, facts).stream())
			.anyMatch((taken) -> refused.isPresent() && taken.isAfter(refused.get()));
	}

	private static Optional<Instant> at(String line, LoginFacts facts) {
		return LogLine.ofSyslog(line)
			.map(LogLine::time)
			.map((time) -> time.near(facts.visited().facts().now(), facts.visited().facts().zone()));
	}

}
