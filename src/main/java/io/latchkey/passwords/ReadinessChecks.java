package io.latchkey.passwords;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.latchkey.conversation.sshd.PasswordLogins;
import io.latchkey.core.KebabCase;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.Findings;
import io.latchkey.passwords.Readiness.Check;
import io.latchkey.passwords.Readiness.Status;
import io.latchkey.passwords.Readiness.Subject;

/**
 * Makes of what a node said, and of what is known of its accounts, what would follow.
 */
final class ReadinessChecks {

	/** More names than that help nobody. */
	private static final int MOST_DETAILS = 50;

	private final Node node;

	private final PasswordLogins said;

	private final List<AccountState> accounts;

	private final Findings findings;

	private final Exceptions exceptions;

	private final List<Check> checks = new ArrayList<>();

	ReadinessChecks(Node node, PasswordLogins said, List<AccountState> accounts, Findings findings) {
		this.node = node;
		this.said = said;
		this.accounts = accounts;
		this.findings = findings;
		this.exceptions = Exceptions.in(said.lines());
	}

	List<Check> all() {
		add(Subject.SSHD, Status.OK, this.said.way(), List.of(), this.said.path());
		checkConfiguration();
		checkMethods();
		if (this.said.onTrial()) {
			add(Subject.TRIAL, Status.BLOCKED, "", List.of());
		}
		if (!this.exceptions.matches().isEmpty()) {
			add(Subject.MATCH, Status.WARNING, "", this.exceptions.matches());
		}
		checkAccounts();
		checkLogins();
		checkRoot();
		add(Subject.OWN_LOGIN, Status.OK, "", List.of(), this.node.management().account());
		checkEmergencyKey();
		return this.checks;
	}

	private void checkConfiguration() {
		if (this.said.broken() != null) {
			add(Subject.CONFIGURATION, Status.BLOCKED, "", List.of(this.said.broken()));
		}
		else {
			add(Subject.CONFIGURATION, this.said.whole() ? Status.OK : Status.UNKNOWN, "", List.of());
		}
	}

	private void checkMethods() {
		if (!this.exceptions.methods().isEmpty()) {
			add(Subject.METHODS, Status.BLOCKED, "", this.exceptions.methods());
		}
	}

	/** Those whose key nobody was seen to have. */
	private void checkAccounts() {
		Set<String> withKeys = this.accounts.stream()
			.filter((account) -> account.entries()
				.stream()
				.anyMatch((entry) -> entry.is() != null && entry.fingerprint() != null))
			.map(AccountState::account)
			.collect(Collectors.toSet());
		Set<String> without = new TreeSet<>(this.said.passworded());
		without.removeAll(withKeys);
		add(Subject.ACCOUNTS, without.isEmpty() ? Status.OK : Status.WARNING, "", List.copyOf(without));
	}

	private void checkLogins() {
		List<String> came = CameByPassword.in(this.said.came());
		if (this.said.log() == PasswordLogins.Log.NONE) {
			add(Subject.LOGINS, Status.UNKNOWN, "", List.of());
		}
		else {
			add(Subject.LOGINS, came.isEmpty() ? Status.OK : Status.WARNING, this.said.log(), came);
		}
	}

	private void checkRoot() {
		String value = this.said.settings().value("permitrootlogin").orElse("");
		add(Subject.ROOT_LOGIN, "yes".equals(value) ? Status.WARNING : Status.OK, "", List.of(), value);
	}

	/** One that does not depend on Latchkey. */
	private void checkEmergencyKey() {
		List<String> keys = this.accounts.stream()
			.filter((account) -> "root".equals(account.account())
					|| account.account().equals(this.node.management().account()))
			.flatMap((account) -> account.entries()
				.stream()
				.filter((entry) -> entry.is() != null && entry.fingerprint() != null
						&& entry.origin() == AccountState.Origin.FOREIGN)
				.map((entry) -> account.account() + " " + entry.fingerprint()))
			.toList();
		add(Subject.EMERGENCY_KEY, keys.isEmpty() ? Status.WARNING : Status.UNKNOWN, "", keys);
	}

	private void add(Subject subject, Status status, Object variant, List<String> details, Object... arguments) {
		String code = "passwords." + KebabCase.of(subject) + "." + KebabCase.of(status);
		if (variant instanceof Enum<?> kind) {
			code += "." + KebabCase.of(kind);
		}
		List<String> shown = new ArrayList<>(details.stream().limit(MOST_DETAILS).toList());
		if (details.size() > MOST_DETAILS) {
			shown.add(this.findings.text("passwords.more", details.size() - MOST_DETAILS));
		}
		this.checks.add(new Check(subject, status, this.findings.text(code, arguments), shown));
	}

}
