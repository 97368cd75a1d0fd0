package io.latchkey.diagnosis.checks;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.latchkey.conversation.accounts.AccountExamination.ConfigurationLine;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether PAM decides about accounts as well. */
@Component
class PamCheck implements Check {

	@Override
	public String id() {
		return "pam";
	}

	@Override
	public Stage stage() {
		return Stage.AROUND;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		if (!facts.told().settings().is("usepam", "yes")) {
			return List.of();
		}
		List<ConfigurationLine> rules = facts.linesOf("/etc/pam.d/sshd")
			.stream()
			.filter((line) -> !line.text().contains("pam_nologin"))
			.filter((line) -> !isAccess(line) || !facts.linesOf(ACCESS).isEmpty())
			.toList();
		String words = "Access denied for user %s by PAM account configuration".formatted(facts.account());
		Optional<String> refusal = LoggedRefusals.lastOfAll(facts, (line) -> line.contains(words));
		if (refusal.isPresent() && facts.told().nologin().isEmpty()) {
			return List.of(refused(facts, rules).seen(refusal.get())
				.seenAll(rules)
				.seenAll(rules.stream().anyMatch(PamCheck::isAccess) ? facts.linesOf(ACCESS) : List.of()));
		}
		return rules.stream()
			.map((line) -> Trouble.warning("pam", facts.account(), module(line))
				.seen(line)
				.seenAll(isAccess(line) ? facts.linesOf(ACCESS) : List.of()))
			.toList();
	}

	private static Trouble refused(LoginFacts facts, List<ConfigurationLine> rules) {
		String modules = rules.stream().map(PamCheck::module).distinct().collect(Collectors.joining(", "));
		return modules.isEmpty() ? Trouble.problem("pam.refused", facts.account())
				: Trouble.problem("pam.refused.by", facts.account(), modules);
	}

	private static boolean isAccess(ConfigurationLine line) {
		return line.text().contains("pam_access");
	}

	private static String module(ConfigurationLine line) {
		return line.text().replaceFirst(".*\\b(pam_\\w+).*", "$1");
	}

	private static final String ACCESS = "/etc/security/access.conf";

}
