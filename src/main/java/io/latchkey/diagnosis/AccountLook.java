package io.latchkey.diagnosis;

import java.util.ArrayList;
import java.util.List;

import io.latchkey.conversation.FileQuery;
import io.latchkey.conversation.FindKeyFiles;
import io.latchkey.conversation.KeyFiles;
import io.latchkey.conversation.LoginObstacle;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.NodeFacts;
import io.latchkey.conversation.Observation;
import io.latchkey.conversation.ObserveFiles;
import io.latchkey.conversation.ObservedFile;
import io.latchkey.conversation.Presence;
import io.latchkey.conversation.ReadFile;
import io.latchkey.conversation.Unanswered;
import io.latchkey.desired.Dialect;
import io.latchkey.nodestate.Findings;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.LoginRules;
import io.latchkey.openssh.LoginVerdict;
import io.latchkey.ssh.NodeException;

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
		KeyFiles keyFiles = conversation.ask(new FindKeyFiles(List.of(account)));
		Unanswered unanswered = keyFiles.unansweredOf(account, conversation.sshVersion());
		List<FileQuery> queries = keyFiles.of(account)
			.stream()
			.map((pattern) -> FileQuery.read(account, pattern, conversation.sshVersion()))
			.toList();
		Observation observation = conversation
			.ask(new ObserveFiles(queries.isEmpty() ? List.of(new FileQuery(account)) : queries));
		NodeFacts facts = observation.facts();
		LoginRules rules = keyFiles.rulesOf(account);
		KeyLines lines = new KeyLines(Dialect.of(facts.sshVersion(), facts.zone()), facts.zone(), facts.now(), account,
				rules);
		List<String> files = new ArrayList<>();
		List<String> obstacles = new ArrayList<>();
		LoginObstacle obstacle = keyFiles.obstacles().get(account);
		if (obstacle != null) {
			obstacles.add(findings.of(obstacle, account));
		}
		List<LoginVerdict> verdicts = rules.ofAccount(account);
		verdicts.forEach((verdict) -> obstacles.add(findings.of(verdict, account, rules)));
		if (unanswered != null) {
			obstacles.add(findings.of(unanswered, account));
		}
		else if (queries.isEmpty()) {
			obstacles.add(findings.text("key-files.none", account));
		}
		else {
			observation.accounts().forEach((file) -> {
				String path = (file.path() != null) ? file.path() : "";
				files.add(path);
				obstacleOf(conversation, file, keyFiles.strictModes(), lines, findings, obstacles);
			});
		}
		boolean takesKeys = (obstacle == null || !obstacle.refusesKeys())
				&& verdicts.stream().noneMatch(LoginVerdict::isRefusal);
		return new AccountLook(files.stream().filter((path) -> !path.isEmpty()).distinct().toList(),
				obstacles.stream().distinct().toList(), lines, takesKeys, unanswered == null, rules);
	}

	/** Adds the file's lines, or why sshd does not read it. */
	private static void obstacleOf(NodeConversation conversation, ObservedFile file, boolean strictModes,
			KeyLines lines, Findings findings, List<String> obstacles) {
		String path = (file.path() != null) ? file.path() : "";
		if (file.presence() == Presence.ABSENT) {
			return;
		}
		if (file.presence() != Presence.FILE) {
			obstacles.add(findings.of(file.presence(), file.account(), path));
			return;
		}
		if (strictModes && file.strictModesFault() != null) {
			obstacles.add(findings.of(file.strictModesFault(), file.account(), path));
		}
		try {
			AuthorizedKeysFile content = AuthorizedKeysFile.parse(conversation.ask(new ReadFile(file.account(), path)));
			if (strictModes && file.strictModesFault() != null) {
				lines.addPassedOver(path, content);
			}
			else {
				lines.add(path, content);
			}
		}
		catch (NodeException.FileUnreadable ex) {
			obstacles.add(findings.of(ex, file.account(), path));
		}
	}

}
