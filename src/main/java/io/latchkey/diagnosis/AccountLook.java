package io.latchkey.diagnosis;

import java.util.ArrayList;
import java.util.List;

import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.accounts.LoginObstacle;
import io.latchkey.conversation.files.Presence;
import io.latchkey.diagnosis.Visit.VisitedFile;
import io.latchkey.nodestate.Findings;
import io.latchkey.openssh.LoginRules;
import io.latchkey.openssh.LoginVerdict;

/**
 * What a node has for one account, looked at now.
 *
 * @param files that sshd reads
 * @param takesKeys whether any key can be taken
 * @param answered whether it is known which files sshd reads
 * @param rules what sshd decides by
 */
record AccountLook(List<String> files, List<String> obstacles, KeyLines lines, boolean takesKeys, boolean answered,
		LoginRules rules) {

	static AccountLook at(NodeConversation conversation, String account, Findings findings) {
		Visit visit = Visit.at(conversation, account);
		LoginRules rules = visit.keyFiles().rulesOf(account);
		List<String> files = new ArrayList<>();
		List<String> obstacles = new ArrayList<>();
		LoginObstacle obstacle = visit.keyFiles().obstacles().get(account);
		if (obstacle != null) {
			obstacles.add(findings.of(obstacle, account));
		}
		List<LoginVerdict> verdicts = rules.ofAccount(account);
		verdicts.forEach((verdict) -> obstacles.add(findings.of(verdict, account, rules)));
		if (visit.unanswered() != null) {
			obstacles.add(findings.of(visit.unanswered(), account));
		}
		else if (!visit.named()) {
			obstacles.add(findings.text("key-files.none", account));
		}
		else {
			visit.files().forEach((file) -> {
				files.add(file.path());
				addObstacles(visit, file, findings, obstacles);
			});
		}
		boolean takesKeys = (obstacle == null || !obstacle.refusesKeys())
				&& verdicts.stream().noneMatch(LoginVerdict::isRefusal);
		return new AccountLook(files.stream().filter((path) -> !path.isEmpty()).distinct().toList(),
				obstacles.stream().distinct().toList(), visit.lines(), takesKeys, visit.unanswered() == null, rules);
	}

	/** Adds why sshd does not read the file. */
	private static void addObstacles(Visit visit, VisitedFile file, Findings findings, List<String> obstacles) {
		String account = file.observed().account();
		Presence presence = file.observed().presence();
		if (presence != Presence.FILE && presence != Presence.ABSENT) {
			obstacles.add(findings.of(presence, account, file.path()));
			return;
		}
		if (visit.isPassedOver(file) && presence == Presence.FILE && file.observed().strictModesFault() != null) {
			obstacles.add(findings.of(file.observed().strictModesFault(), account, file.path()));
		}
		if (file.failure() != null) {
			obstacles.add(findings.of(file.failure(), account, file.path()));
		}
	}

}
