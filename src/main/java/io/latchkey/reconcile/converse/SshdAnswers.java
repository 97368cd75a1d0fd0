package io.latchkey.reconcile.converse;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import io.latchkey.conversation.accounts.KeyFiles;
import io.latchkey.conversation.accounts.LoginObstacle;
import io.latchkey.conversation.accounts.Unanswered;
import io.latchkey.nodestate.RememberedFiles;
import io.latchkey.openssh.LoginRules;
import io.latchkey.openssh.LoginVerdict;
import org.jspecify.annotations.Nullable;

/** What a node's sshd said of logins as its accounts, now or when it was last asked. */
final class SshdAnswers {

	private final Map<String, @Nullable LoginObstacle> obstacles = new HashMap<>();

	private final Map<String, LoginRules> rules = new HashMap<>();

	private final Map<String, Unanswered> unanswered = new HashMap<>();

	/** As it was. */
	void remember(String account, RememberedFiles files) {
		this.obstacles.put(account, files.obstacle());
		this.rules.put(account, (files.rules() != null) ? files.rules() : LoginRules.NONE);
	}

	/**
	 * As it is now.
	 * @param accounts that it was asked about
	 */
	void note(KeyFiles files, Collection<String> accounts) {
		accounts.forEach((account) -> {
			this.obstacles.put(account, files.obstacles().get(account));
			this.rules.put(account, files.rulesOf(account));
		});
		this.unanswered.putAll(files.unanswered());
	}

	/** Whether it answered whatever it was asked. */
	boolean areWhole() {
		return this.unanswered.isEmpty();
	}

	boolean isRefused(String account) {
		return rules(account).ofAccount(account).stream().anyMatch(LoginVerdict::isRefusal);
	}

	LoginRules rules(String account) {
		return this.rules.getOrDefault(account, LoginRules.NONE);
	}

	@Nullable LoginObstacle obstacle(String account) {
		return this.obstacles.get(account);
	}

	@Nullable Unanswered unanswered(String account) {
		return this.unanswered.get(account);
	}

}
