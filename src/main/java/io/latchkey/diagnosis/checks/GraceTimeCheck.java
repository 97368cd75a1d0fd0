package io.latchkey.diagnosis.checks;

import java.util.List;
import java.util.Optional;

import io.latchkey.conversation.accounts.Surrounding;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether there is time enough to log in. */
@Component
class GraceTimeCheck implements Check {

	/** In seconds: less than a person needs for a passphrase or a touch. */
	private static final int SHORT = 15;

	@Override
	public String id() {
		return "grace-time";
	}

	@Override
	public Stage stage() {
		return Stage.AROUND;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		List<String> said = facts.told()
			.around(Surrounding.TURNED)
			.stream()
			.filter((line) -> line.contains("imeout before authentication"))
			.toList();
		String time = facts.told().settings().value("logingracetime").orElse("120");
		boolean isShort = time.matches("[1-9]\\d{0,3}") && Integer.parseInt(time) < SHORT;
		if (said.isEmpty() && !isShort) {
			return List.of();
		}
		Optional<String> theirs = said.stream()
			.filter((line) -> facts.addresses().stream().anyMatch((address) -> Addresses.isNamedIn(line, address)))
			.reduce((first, second) -> second);
		if (theirs.isPresent()) {
			return List.of(Trouble.likely("grace-time.theirs", time, facts.who())
				.seen(theirs.get())
				.seenAll(facts.setting("logingracetime")));
		}
		Trouble trouble = Trouble.warning(said.isEmpty() ? "grace-time.short" : "grace-time", time);
		return List.of((said.isEmpty() ? trouble : trouble.seen(said.get(said.size() - 1)))
			.seenAll(facts.setting("logingracetime")));
	}

}
