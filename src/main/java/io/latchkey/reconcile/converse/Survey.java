package io.latchkey.reconcile.converse;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.latchkey.conversation.accounts.AllAccounts;
import io.latchkey.conversation.accounts.LoginAccounts;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.inventory.HostKey;
import org.jspecify.annotations.Nullable;

/**
 * What was found on a node: its files, account by account. As long as sshd's
 * configuration is the remembered one, looking takes one request.
 *
 * @param sshdConfig the digest of the configuration that is answered for, or null
 * @param asked what sshd said that it reads, for those accounts that were asked for
 * @param hostKeys by which the node is to be known from now on
 * @param logins the accounts that could log in, or null when they were not asked for
 * @param all those that there are, or null when they were not asked for
 */
public record Survey(NodeFacts facts, @Nullable String sshdConfig, boolean strictModes, Map<String, List<String>> asked,
		List<AccountFiles> accounts, List<HostKey> hostKeys, @Nullable LoginAccounts logins,
		@Nullable AllAccounts all) {

	/** Of an account that was looked at. */
	public AccountFiles filesOf(String account) {
		return this.accounts.stream().filter((files) -> files.account().equals(account)).findFirst().orElseThrow();
	}

	/** Of all files of an account that were found. */
	List<String> pathsOf(String account) {
		return this.accounts.stream()
			.filter((files) -> files.account().equals(account))
			.flatMap((files) -> Stream.concat(files.read().stream(), files.left().stream()))
			.map(ObservedFile::path)
			.filter(Objects::nonNull)
			.distinct()
			.sorted()
			.toList();
	}

}
