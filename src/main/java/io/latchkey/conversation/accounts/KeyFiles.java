package io.latchkey.conversation.accounts;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.latchkey.conversation.files.FileQuery;
import io.latchkey.openssh.LoginRules;
import org.jspecify.annotations.Nullable;

/**
 * Which files the node's sshd reads for each account, and what it makes of logins there.
 *
 * @param patterns for each account of which it is known the words of
 * {@code AuthorizedKeysFile} in sshd's order, as {@link FileQuery} takes them; none when
 * sshd reads no file for it
 * @param unanswered why it is not known, for the others
 * @param rules what sshd decides by, for those of {@code patterns}
 * @param strictModes whether sshd heeds owners and modes ({@code StrictModes})
 * @param obstacles why logins fail whatever the key, for those accounts of which the node
 * can tell
 */
public record KeyFiles(Map<String, List<String>> patterns, Map<String, Unanswered> unanswered,
		Map<String, LoginRules> rules, boolean strictModes, Map<String, LoginObstacle> obstacles) {

	public KeyFiles {
		Map<String, List<String>> copy = new LinkedHashMap<>();
		patterns.forEach((account, files) -> copy.put(account, List.copyOf(files)));
		patterns = Collections.unmodifiableMap(copy);
		unanswered = Map.copyOf(unanswered);
		rules = Map.copyOf(rules);
		obstacles = Map.copyOf(obstacles);
	}

	/** In sshd's order; empty when sshd reads none for the account. */
	public List<String> of(String account) {
		return this.patterns.getOrDefault(account, List.of());
	}

	/**
	 * Why it is not known which files those are, or none of them can be Latchkey's; null
	 * when it is.
	 * @param sshVersion of the node's banner
	 */
	public @Nullable Unanswered unansweredOf(String account, String sshVersion) {
		List<String> files = of(account);
		boolean isNowhere = !files.isEmpty() && FileQuery.of(account, files, sshVersion).isEmpty();
		return isNowhere ? Unanswered.onlyGlobs(files) : this.unanswered.get(account);
	}

	/** What sshd decides by; {@link LoginRules#NONE} when it was not asked. */
	public LoginRules rulesOf(String account) {
		return this.rules.getOrDefault(account, LoginRules.NONE);
	}

}
