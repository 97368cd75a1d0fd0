package io.latchkey.passwords;

import java.util.List;

import io.latchkey.conversation.sshd.PasswordLogins;
import io.latchkey.core.KebabCase;
import io.latchkey.inventory.Node;
import io.latchkey.passwords.Exceptions.Block;
import io.latchkey.passwords.Readiness.Status;
import io.latchkey.passwords.Readiness.Subject;

/**
 * What of a node's sshd bears on the switch.
 */
final class ReadinessChecks {

	private final Node node;

	private final PasswordLogins said;

	private final Exceptions exceptions;

	ReadinessChecks(Node node, PasswordLogins said) {
		this.node = node;
		this.said = said;
		this.exceptions = Exceptions.in(said);
	}

	void addTo(CheckList checks) {
		checks.add(Subject.SSHD, Status.OK, KebabCase.of(this.said.place().way()), List.of(), this.said.place().path());
		addConfiguration(checks);
		if (!this.exceptions.methods().isEmpty()) {
			checks.add(Subject.METHODS, Status.BLOCKED, this.exceptions.methods());
		}
		if (this.said.onTrial()) {
			checks.add(Subject.TRIAL, Status.BLOCKED, List.of());
		}
		if (!this.exceptions.matches().isEmpty()) {
			checks.add(Subject.MATCH, Status.WARNING, this.exceptions.matches().stream().map(Block::toString).toList());
		}
		if (!this.exceptions.accounts().isEmpty()) {
			checks.add(Subject.LET_IN, Status.WARNING, this.exceptions.accounts());
		}
		addPam(checks);
		addRoot(checks);
		checks.add(Subject.OWN_LOGIN, Status.OK, List.of(), this.node.management().account());
	}

	private void addConfiguration(CheckList checks) {
		if (this.said.broken() != null) {
			checks.add(Subject.CONFIGURATION, Status.BLOCKED, List.of(this.said.broken()));
		}
		else {
			checks.add(Subject.CONFIGURATION, this.said.configuration().whole() ? Status.OK : Status.UNKNOWN,
					List.of());
		}
		if (this.said.configuration().managed() != null) {
			checks.add(Subject.MANAGED, Status.WARNING, KebabCase.of(this.said.place().way()),
					List.of(this.said.configuration().managed()));
		}
	}

	/**
	 * It asks by keyboard-interactive, for a code of the moment as well as for a
	 * password.
	 */
	private void addPam(CheckList checks) {
		boolean asks = this.said.settings().is("usepam", "yes")
				&& this.said.settings().is("kbdinteractiveauthentication", "yes");
		if (asks) {
			checks.add(Subject.PAM, Status.WARNING, List.of());
		}
	}

	private void addRoot(CheckList checks) {
		String value = this.said.settings().value("permitrootlogin").orElse("");
		if ("yes".equals(value)) {
			checks.add(Subject.ROOT_LOGIN, Status.WARNING, List.of());
		}
		else if (!this.exceptions.roots().isEmpty()) {
			checks.add(Subject.ROOT_LOGIN, Status.WARNING, "match",
					this.exceptions.roots().stream().map(Block::toString).toList(), value);
		}
		else {
			checks.add(Subject.ROOT_LOGIN, Status.OK, List.of(), value);
		}
	}

}
