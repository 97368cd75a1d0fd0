package io.latchkey.passwords;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.latchkey.conversation.NodeConnector;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.changes.Confirmation;
import io.latchkey.conversation.sshd.AlterSshd;
import io.latchkey.conversation.sshd.FindPasswordLogins;
import io.latchkey.conversation.sshd.PasswordLogins;
import io.latchkey.conversation.sshd.RetractSshd;
import io.latchkey.conversation.sshd.SettleSshd;
import io.latchkey.conversation.sshd.SshdChange;
import io.latchkey.conversation.sshd.SshdLook;
import io.latchkey.core.ShownDuration;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.Findings;
import io.latchkey.passwords.PasswordChoice.Passwords;
import io.latchkey.passwords.PasswordChoice.RootLogin;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;
import io.latchkey.ssh.SshConnections;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Switches one node's sshd on trial: the node undoes it by itself, unless a fresh login
 * has proved it, and sshd offers no password any more, in time.
 */
@Component
class PasswordTrial {

	private static final Set<String> BY_PASSWORD = Set.of("password", "keyboard-interactive");

	private final NodeConnector connector;

	private final SshConnections connections;

	private final PasswordLook look;

	private final Findings findings;

	private final Duration within;

	PasswordTrial(NodeConnector connector, SshConnections connections, PasswordLook look, Findings findings,
			PasswordProperties properties) {
		this.connector = connector;
		this.connections = connections;
		this.look = look;
		this.findings = findings;
		this.within = properties.confirmWithin();
	}

	/**
	 * What a look came to.
	 *
	 * @param look what the node's sshd said; null when the node did not let Latchkey look
	 * @param sshVersion of the node's banner; null with the look
	 */
	record Looked(Readiness readiness, @Nullable SshdLook look, @Nullable String sshVersion) {

	}

	Looked look(Node node, NodeFacts facts) {
		try (NodeConversation conversation = this.connector.connect(Endpoint.of(node), login(node))) {
			SshdLook look = conversation.ask(FindPasswordLogins.all());
			return new Looked(this.look.of(node, look, facts), look, conversation.sshVersion());
		}
		catch (NodeException ex) {
			return new Looked(this.look.of(node, ex), null, null);
		}
	}

	/** It has not answered in time. */
	Looked late(Node node) {
		return new Looked(this.look.late(node), null, null);
	}

	/** Touches no database. */
	PasswordChange run(Node node, PasswordDemand demand, NodeFacts facts) {
		try (NodeConversation conversation = this.connector.connect(Endpoint.of(node), login(node))) {
			SshdLook looked = conversation.ask(FindPasswordLogins.all());
			Readiness readiness = this.look.of(node, looked, facts);
			String refusal = refusal(readiness, demand, looked);
			return (refusal != null) ? PasswordChange.refused(node.name(), readiness.state(), refusal)
					: alter(node, conversation, demand.choice(), (PasswordLogins) looked);
		}
		catch (NodeException ex) {
			return PasswordChange.open(node.name(),
					this.findings.text("passwords.broke-off", this.findings.of(ex), ShownDuration.of(this.within)));
		}
	}

	/**
	 * The same in a conversation that is under way, where somebody has undone what was
	 * decided.
	 */
	PasswordChange alter(Node node, NodeConversation conversation, PasswordChoice choice, PasswordLogins said) {
		SshdChange change = conversation
			.ask(new AlterSshd(choice.directives(conversation.sshVersion()), said.place().hash(), this.within));
		return (change instanceof SshdChange.OnTrial trial) ? prove(node, conversation, choice, trial)
				: PasswordChange.refused(node.name(), PasswordState.of(said), why(change));
	}

	private @Nullable String refusal(Readiness readiness, PasswordDemand demand, SshdLook looked) {
		List<String> obstacles = readiness.obstaclesTo(demand.choice());
		if (!obstacles.isEmpty()) {
			return String.join(" ", obstacles);
		}
		boolean off = demand.choice().passwords() == Passwords.OFF;
		if ((off || demand.seen() != null) && !readiness.digest().equals(demand.seen())) {
			return this.findings.text("passwords.not-seen");
		}
		if (demand.choice().rootLogin() == RootLogin.KEY_ONLY && looked instanceof PasswordLogins said
				&& loosensRoot(said)) {
			return this.findings.text("passwords.root-login.loosened",
					said.settings().value("permitrootlogin").orElse(""));
		}
		return null;
	}

	/** The first value counts, also where one that lets in less comes after it. */
	private static boolean loosensRoot(PasswordLogins said) {
		String value = said.settings().value("permitrootlogin").orElse("");
		return !"yes".equals(value) && !"without-password".equals(value);
	}

	private PasswordChange prove(Node node, NodeConversation conversation, PasswordChoice choice,
			SshdChange.OnTrial trial) {
		String detail;
		try (NodeConversation fresh = this.connector.connectAfresh(Endpoint.of(node), login(node))) {
			PasswordState state = PasswordState.UNKNOWN;
			List<String> exceptions = List.of();
			if (fresh.ask(FindPasswordLogins.settings()) instanceof PasswordLogins said) {
				state = PasswordState.of(said);
				exceptions = Exceptions.in(said).names();
			}
			detail = unproved(node, choice, state);
			if (detail == null) {
				if (fresh.ask(new SettleSshd(trial.token())) instanceof Confirmation.Confirmed) {
					return PasswordChange.done(node.name(), state, exceptions);
				}
				detail = this.findings.text("passwords.not-settled");
			}
		}
		catch (NodeException ex) {
			detail = this.findings.text("passwords.not-let-in", this.findings.of(ex));
		}
		return retracted(node, conversation, trial, detail);
	}

	/** Null when all is as it should be. */
	private @Nullable String unproved(Node node, PasswordChoice choice, PasswordState state) {
		if (choice.passwords() != Passwords.OFF) {
			return null;
		}
		if (state != PasswordState.OFF && state != PasswordState.PARTLY) {
			return this.findings.text("passwords.still-on");
		}
		Set<String> offered = this.connections.methodsOf(Endpoint.of(node), node.management().account());
		boolean byPassword = offered.stream().anyMatch(BY_PASSWORD::contains);
		return (byPassword && state == PasswordState.OFF)
				? this.findings.text("passwords.still-offered", String.join(", ", offered.stream().sorted().toList()))
				: null;
	}

	private PasswordChange retracted(Node node, NodeConversation conversation, SshdChange.OnTrial trial,
			String detail) {
		try {
			conversation.ask(new RetractSshd(trial.token()));
			return PasswordChange.open(node.name(), this.findings.text("passwords.retracted", detail));
		}
		catch (NodeException ex) {
			return PasswordChange.open(node.name(),
					this.findings.text("passwords.broke-off", detail, ShownDuration.of(this.within)));
		}
	}

	private String why(SshdChange change) {
		if (change instanceof SshdChange.Refused refused) {
			return this.findings.text("passwords.refused." + refused.code(), refused.detail());
		}
		return this.findings.text("passwords.changed");
	}

	private static Login login(Node node) {
		return new Login(node.management().account(), node.management().privilege(), Secret.ManagementKey.of(node));
	}

}
