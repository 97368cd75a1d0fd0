package io.latchkey.diagnosis.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.latchkey.conversation.accounts.Surrounding;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Whether another program turns addresses away before sshd hears of them. */
@Component
class BannedAddressCheck implements Check {

	private static final int MOST = 5;

	/** As nft(8) and iptables(8) write it. */
	private static final Pattern RANGE = Pattern.compile("\\b(\\d{1,5})[-:](\\d{1,5})\\b");

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
		add("bans.fail2ban", facts.told().around(Surrounding.FAIL2BAN), facts, troubles);
		add("bans.sshguard", facts.told().around(Surrounding.SSHGUARD), facts, troubles);
		add("bans.firewall",
				facts.told().around(Surrounding.FIREWALL).stream().filter((rule) -> isMeant(rule, facts)).toList(),
				facts, troubles);
		return troubles;
	}

	/** What names an address from which the person comes is said first. */
	private static void add(String code, List<String> said, LoginFacts facts, List<Trouble> troubles) {
		for (String address : facts.addresses()) {
			List<String> naming = said.stream().filter((line) -> Addresses.isNamedIn(line, address)).toList();
			if (!naming.isEmpty()) {
				troubles.add(Trouble.likely(code + ".theirs", facts.node().name(), port(facts), address, facts.who())
					.seenEach(naming.stream().limit(MOST).toList()));
				return;
			}
		}
		if (!said.isEmpty()) {
			troubles.add(Trouble.warning(code, facts.node().name(), port(facts))
				.seenEach(said.stream().limit(MOST).toList()));
		}
	}

	/** Whether it may be about ssh: a rule for certain ports names its own. */
	private static boolean isMeant(String rule, LoginFacts facts) {
		boolean isOfPorts = rule.contains("dport");
		return isOfPorts ? names(rule, facts)
				: facts.addresses().stream().anyMatch((address) -> Addresses.isNamedIn(rule, address));
	}

	private static String port(LoginFacts facts) {
		return Integer.toString(facts.node().route().port());
	}

	/** Whether it is about the port of ssh, by its number, its name, or a range. */
	private static boolean names(String rule, LoginFacts facts) {
		int port = facts.node().route().port();
		return rule.matches(".*\\b%d\\b.*".formatted(port)) || rule.matches(".*\\bssh\\b.*") || RANGE.matcher(rule)
			.results()
			.anyMatch((range) -> Integer.parseInt(range.group(1)) <= port && port <= Integer.parseInt(range.group(2)));
	}

}
