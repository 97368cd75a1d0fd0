package io.latchkey.diagnosis.mends;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.changes.NodeMend.Relabel;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.MendStep;
import io.latchkey.diagnosis.Mender;
import io.latchkey.diagnosis.Trouble;

import org.springframework.stereotype.Component;

/** Puts labels of SELinux's right, as restorecon(8) would. */
@Component
class LabelMender implements Mender {

	/** As it says since policycoreutils 2.7, and before. */
	private static final Pattern SAID = Pattern
		.compile("(?:Would relabel|Relabeled) (?<path>/.+) from (?<from>\\S+) to (?<to>\\S+)"
				+ "|restorecon reset (?<path2>/.+) context (?<from2>\\S+)->(?<to2>\\S+)");

	@Override
	public List<MendStep> plan(Trouble trouble, LoginFacts facts) {
		if (!trouble.code().startsWith("selinux")) {
			return List.of();
		}
		return facts.told().relabelled().stream().flatMap((line) -> step(line, facts).stream()).toList();
	}

	private static Optional<MendStep> step(String line, LoginFacts facts) {
		Matcher said = SAID.matcher(line);
		if (!said.matches()) {
			return Optional.empty();
		}
		boolean isNew = said.group("path") != null;
		String path = said.group(isNew ? "path" : "path2");
		String from = said.group(isNew ? "from" : "from2");
		String to = said.group(isNew ? "to" : "to2");
		boolean isOwn = facts.step(path)
			.anyMatch((step) -> facts.told().entry() != null && step.uid() == facts.told().entry().uid());
		return (isOwn && Relabel.isLabel(from) && Relabel.isLabel(to)) ? Optional.of(MendStep.label(path, from, to))
				: Optional.empty();
	}

}
