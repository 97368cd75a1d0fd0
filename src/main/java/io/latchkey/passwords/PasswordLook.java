package io.latchkey.passwords;

import java.time.Clock;
import java.util.List;

import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.sshd.PasswordLogins;
import io.latchkey.conversation.sshd.SshdLook;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.Findings;
import io.latchkey.nodestate.NodeStates;
import io.latchkey.openssh.SshdSettings;
import io.latchkey.passwords.Readiness.Check;
import io.latchkey.passwords.Readiness.Status;
import io.latchkey.passwords.Readiness.Subject;
import io.latchkey.ssh.NodeException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Looks at what a node makes of logins by password. */
@Component
class PasswordLook {

	private static final List<String> PASSWORDS = List.of("passwordauthentication", "kbdinteractiveauthentication",
			"challengeresponseauthentication");

	private final NodeStates states;

	private final Findings findings;

	private final Clock clock;

	PasswordLook(NodeStates states, Findings findings, Clock clock) {
		this.states = states;
		this.findings = findings;
		this.clock = clock;
	}

	Readiness of(Node node, NodeConversation conversation, SshdLook look) {
		if (look instanceof SshdLook.Unasked unasked) {
			return blocked(node, this.findings.text("passwords.sshd.blocked." + unasked.code(), unasked.detail()),
					conversation.sshVersion());
		}
		PasswordLogins said = (PasswordLogins) look;
		return new Readiness(node.name(), this.clock.instant(), state(said),
				new ReadinessChecks(node, said, this.states.accounts(node.id()), this.findings).all(), said.path(),
				said.hash(), conversation.sshVersion());
	}

	/** The node did not let Latchkey look. */
	Readiness of(Node node, NodeException failure) {
		return blocked(node, this.findings.of(failure), null);
	}

	private Readiness blocked(Node node, String why, @Nullable String sshVersion) {
		return new Readiness(node.name(), this.clock.instant(), PasswordState.UNKNOWN,
				List.of(new Check(Subject.SSHD, Status.BLOCKED, why, List.of())), null, null, sshVersion);
	}

	static PasswordState state(PasswordLogins said) {
		SshdSettings settings = said.settings();
		if (said.broken() != null || settings.lines().isEmpty()) {
			return PasswordState.UNKNOWN;
		}
		boolean off = PASSWORDS.stream()
			.allMatch((keyword) -> settings.value(keyword).map("no"::equalsIgnoreCase).orElse(true));
		if (!off) {
			return PasswordState.ON;
		}
		return Exceptions.in(said.lines()).matches().isEmpty() ? PasswordState.OFF : PasswordState.PARTLY;
	}

}
