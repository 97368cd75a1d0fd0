package io.latchkey.diagnosis.checks;

import java.util.ArrayList;
import java.util.List;

import io.latchkey.conversation.accounts.Surrounding;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether another program turns addresses away before sshd hears of them. */
@Component
class BannedAddressCheck implements Check {

	private static final int MOST = 5;

	@Override
	public String id() {
		return "bans";
	}

	@Override
	public Stage stage() {
		return Stage.AROUND;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		List<Trouble> troubles = new ArrayList<>();
		add("bans.fail2ban", Surrounding.FAIL2BAN, facts, troubles);
		add("bans.sshguard", Surrounding.SSHGUARD, facts, troubles);
		List<String> rules = facts.told()
			.around(Surrounding.FIREWALL)
			.stream()
			.filter((rule) -> rule.contains("dport") && names(rule, facts))
			.limit(MOST)
			.toList();
		if (!rules.isEmpty()) {
			troubles.add(seen(Trouble.warning("bans.firewall", facts.node().name(), port(facts)), rules));
		}
		return troubles;
	}

	private static void add(String code, Surrounding kind, LoginFacts facts, List<Trouble> troubles) {
		List<String> said = facts.told().around(kind).stream().limit(MOST).toList();
		if (!said.isEmpty()) {
			troubles.add(seen(Trouble.warning(code, facts.node().name()), said));
		}
	}

	private static Trouble seen(Trouble trouble, List<String> lines) {
		Trouble seen = trouble;
		for (String line : lines) {
			seen = seen.seen(line);
		}
		return seen;
	}

	private static String port(LoginFacts facts) {
		return Integer.toString(facts.node().route().port());
	}

	/** Whether it is about the port of ssh, by its number or its name. */
	private static boolean names(String rule, LoginFacts facts) {
		return rule.matches(".*\\b%s\\b.*".formatted(port(facts))) || rule.matches(".*\\bssh\\b.*");
	}

}
