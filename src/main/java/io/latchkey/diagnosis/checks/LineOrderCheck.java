package io.latchkey.diagnosis.checks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.TestLogin;
import io.latchkey.diagnosis.Trouble;
import io.latchkey.diagnosis.Visit;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.AuthorizedKeysFile.KeyLine;
import io.latchkey.openssh.AuthorizedKeysFile.Line;

import org.springframework.stereotype.Component;

/**
 * Whether a line that comes first decides what a key may do: sshd takes the first that
 * fits, and heeds its options alone.
 */
@Component
class LineOrderCheck implements Check {

	@Override
	public String id() {
		return "line-order";
	}

	@Override
	public Stage stage() {
		return Stage.LINE;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		return facts.keys()
			.stream()
			.sorted(Comparator.comparing(Fingerprint::value))
			.flatMap((key) -> look(key, facts).stream())
			.limit(5)
			.toList();
	}

	private static Optional<Trouble> look(Fingerprint key, LoginFacts facts) {
		List<TestLogin.Line> deciding = facts.visited().lines().deciding(key);
		if (deciding.isEmpty() || deciding.get(0).options().isEmpty()) {
			return Optional.empty();
		}
		TestLogin.Line first = deciding.get(0);
		return at(first, facts).flatMap((line) -> look(key, first, line, facts));
	}

	private static Optional<Trouble> look(Fingerprint key, TestLogin.Line first, KeyLine line, LoginFacts facts) {
		boolean isGranted = facts.grantedLines().contains(line.text());
		boolean isCommand = line.options().has("command");
		Optional<Trouble> trouble = (isGranted || line.options().has("from")) ? Optional.empty()
				: granted(key, first, facts).map((behind) -> behind(first, behind, isCommand, facts));
		if (trouble.isEmpty() && isCommand) {
			trouble = Optional
				.of(isGranted ? Trouble.warning("forced-command", facts.who(), first.file(), first.number())
						: Trouble.likely("forced-command", facts.who(), first.file(), first.number()));
		}
		return trouble.map((found) -> found.seen(first.file(), first.number(), first.options()));
	}

	private static Trouble behind(TestLogin.Line first, Placed behind, boolean isCommand, LoginFacts facts) {
		return isCommand
				? Trouble.problem("line-order.command", facts.who(), first.file(), first.number(), behind.number(),
						behind.file())
				: Trouble.likely("line-order", facts.who(), first.file(), first.number(), behind.number(),
						behind.file());
	}

	private record Placed(String file, int number, KeyLine line) {

		boolean isAt(TestLogin.Line told) {
			return this.file.equals(told.file()) && this.number == told.number();
		}

	}

	private static Optional<KeyLine> at(TestLogin.Line told, LoginFacts facts) {
		return keys(facts).filter((placed) -> placed.isAt(told)).map(Placed::line).findFirst();
	}

	/** A line of the key that is granted, and says something else than the first. */
	private static Optional<Placed> granted(Fingerprint key, TestLogin.Line first, LoginFacts facts) {
		Set<String> granted = facts.grantedLines();
		return keys(facts).filter((placed) -> placed.line().publicKey().fingerprint().equals(key))
			.filter((placed) -> !placed.line().options().render().equals(first.options()))
			.filter((placed) -> granted.contains(placed.line().text()))
			.findFirst();
	}

	private static Stream<Placed> keys(LoginFacts facts) {
		List<Placed> all = new ArrayList<>();
		for (Visit.VisitedFile file : facts.visited().files()) {
			List<Line> lines = (file.content() != null) ? file.content().lines() : List.of();
			for (int i = 0; i < lines.size(); i++) {
				if (lines.get(i) instanceof KeyLine line) {
					all.add(new Placed(file.path(), i + 1, line));
				}
			}
		}
		return all.stream();
	}

}
