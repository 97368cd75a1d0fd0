package io.latchkey.diagnosis.checks;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.latchkey.diagnosis.LoginFacts;

/**
 * Words by which sshd turned somebody away, as far as nobody was let in after them. Pure.
 */
final class LoggedRefusals {

	private LoggedRefusals() {
	}

	/** The last such line; nothing where a key of who cannot log in was taken since. */
	static Optional<String> last(LoginFacts facts, Predicate<String> refusal) {
		List<String> keys = facts.keys().stream().map((key) -> key.value()).toList();
		return last(facts, refusal, (line) -> keys.isEmpty() || keys.stream().anyMatch(line::contains));
	}

	/** The same; nothing where anybody was let in since. */
	static Optional<String> lastOfAll(LoginFacts facts, Predicate<String> refusal) {
		return last(facts, refusal, (line) -> true);
	}

	private static Optional<String> last(LoginFacts facts, Predicate<String> refusal, Predicate<String> matters) {
		String last = null;
		for (String line : facts.told().log()) {
			if (refusal.test(line)) {
				last = line;
			}
			else if (line.contains("Accepted publickey for ") && matters.test(line)) {
				last = null;
			}
		}
		return Optional.ofNullable(last);
	}

}
