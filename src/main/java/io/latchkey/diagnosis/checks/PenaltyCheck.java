package io.latchkey.diagnosis.checks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.accounts.Surrounding;
import io.latchkey.diagnosis.Check;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Trouble;
import io.latchkey.openssh.LogLine;

import org.springframework.stereotype.Component;

/**
 * Whether addresses are being turned away for what they did before (PerSourcePenalties).
 */
@Component
class PenaltyCheck implements Check {

	/** The words of srclimit.c and of sshd.c, since OpenSSH 9.8. */
	private static final Pattern SAID = Pattern
		.compile("ipv[46]: new (?<new>\\S{2,50}) active penalty of|: (?<old>\\S{2,50}): activating ipv[46] penalty of"
				+ "|drop connection #\\d{1,9} from \\[(?<dropped>\\S{2,50})]:\\d{1,5} .*penalty");

	private static final Pattern LENGTH = Pattern.compile("penalty of (\\d{1,9}(?:\\.\\d{1,3})?) seconds");

	@Override
	public String id() {
		return "penalties";
	}

	@Override
	public Stage stage() {
		return Stage.AROUND;
	}

	@Override
	public List<Trouble> look(LoginFacts facts) {
		List<Trouble> troubles = new ArrayList<>();
		Map<String, List<String>> byAddress = new LinkedHashMap<>();
		for (String line : facts.told().around(Surrounding.TURNED)) {
			Matcher said = SAID.matcher(line);
			if (said.find()) {
				byAddress.computeIfAbsent(address(said), (address) -> new ArrayList<>()).add(line);
			}
		}
		byAddress.forEach((address, lines) -> troubles.add(trouble(address, lines, facts)));
		return troubles.stream().limit(5).toList();
	}

	private static String address(Matcher said) {
		String address = (said.group("new") != null) ? said.group("new")
				: (said.group("old") != null) ? said.group("old") : said.group("dropped");
		return address.replaceFirst("/(32|128)$", "");
	}

	private Trouble trouble(String address, List<String> lines, LoginFacts facts) {
		Instant now = facts.visited().facts().now();
		Instant since = null;
		Instant until = null;
		for (String line : lines) {
			Instant at = LogLine.ofSyslog(line)
				.map(LogLine::time)
				.map((time) -> time.near(now, facts.visited().facts().zone()))
				.orElse(null);
			Matcher length = LENGTH.matcher(line);
			if (at != null && length.find()) {
				since = (since == null) ? at : since;
				until = at.plusMillis((long) (Double.parseDouble(length.group(1)) * 1000));
			}
		}
		boolean over = until != null && until.isBefore(now);
		String code = over ? "penalties.over" : (until != null) ? "penalties.until" : "penalties";
		boolean isTheirs = !over && facts.addresses().stream().anyMatch((each) -> Addresses.isIn(each, address));
		Trouble trouble = isTheirs
				? Trouble.likely(code + ".theirs", address, String.valueOf(since), String.valueOf(until), facts.who())
				: Trouble.warning(code, address, String.valueOf(since), String.valueOf(until));
		for (String line : lines.subList(Math.max(0, lines.size() - 3), lines.size())) {
			trouble = trouble.seen(line);
		}
		return trouble.seenAll(facts.setting("persourcepenalties", "persourcepenaltyexemptlist"));
	}

}
