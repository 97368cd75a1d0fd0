package io.latchkey.passwords;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.latchkey.conversation.sshd.FindPasswordLogins;
import io.latchkey.conversation.sshd.PasswordLogins;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.Findings;
import io.latchkey.passwords.PasswordChoice.Passwords;
import io.latchkey.passwords.PasswordChoice.RootLogin;
import io.latchkey.runs.PartOfRun;
import io.latchkey.runs.RunPart;
import io.latchkey.runs.Visit;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Looks now and then whether what was decided of a node's logins by password still holds.
 * Says so where it does not, and puts it right where the node is {@code EXCLUSIVE}.
 */
@Component
class PasswordPart implements RunPart<PasswordLogin, WatchedPasswords> {

	private final PasswordLoginRepository repository;

	private final PasswordTrial trial;

	private final Findings findings;

	private final ApplicationEventPublisher events;

	private final PasswordProperties properties;

	private final Clock clock;

	PasswordPart(PasswordLoginRepository repository, PasswordTrial trial, Findings findings,
			ApplicationEventPublisher events, PasswordProperties properties, Clock clock) {
		this.repository = repository;
		this.trial = trial;
		this.findings = findings;
		this.events = events;
		this.properties = properties;
		this.clock = clock;
	}

	@Override
	public String name() {
		return "passwords";
	}

	@Override
	public Stage stage() {
		return Stage.LAST;
	}

	/** What was seen a moment ago is told again, without a look. */
	@Override
	public Map<NodeId, PasswordLogin> read(Collection<NodeId> nodes) {
		return this.repository.find(nodes)
			.entrySet()
			.stream()
			.filter((entry) -> !entry.getValue().choice().equals(PasswordChoice.NOTHING))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	@Override
	public WatchedPasswords act(PasswordLogin decided, Visit visit) {
		Instant due = decided.seenAt().plus(this.properties.lookEvery());
		if (this.clock.instant().isBefore(due)) {
			return new WatchedPasswords(null, told(decided), false, null);
		}
		if (!(visit.conversation().ask(FindPasswordLogins.settings()) instanceof PasswordLogins said)) {
			return new WatchedPasswords(PasswordState.UNKNOWN, told(decided), false, null);
		}
		List<String> drift = drift(decided.choice(), said);
		if (drift.isEmpty() || visit.node().management().mode() != Mode.EXCLUSIVE || said.onTrial()) {
			return new WatchedPasswords(PasswordLook.state(said), drift, false, null);
		}
		PasswordChange change = this.trial.mend(visit.node(), visit.conversation(), decided.choice(), said);
		if (change.done()) {
			return new WatchedPasswords(change.state(), List.of(), true, this.findings.text("passwords.mended"));
		}
		drift.add(this.findings.text("passwords.not-mended", String.valueOf(change.detail())));
		return new WatchedPasswords(PasswordLook.state(said), drift, false, null);
	}

	private static List<String> told(PasswordLogin decided) {
		return (decided.detail() != null) ? List.of(decided.detail().split("\n")) : List.of();
	}

	private List<String> drift(PasswordChoice choice, PasswordLogins said) {
		List<String> drift = new ArrayList<>();
		PasswordState state = PasswordLook.state(said);
		if (choice.passwords() == Passwords.OFF && state == PasswordState.ON) {
			drift.add(this.findings.text("passwords.drifted"));
		}
		String root = said.settings().value("permitrootlogin").orElse("");
		if (choice.rootLogin() == RootLogin.KEY_ONLY && "yes".equals(root)) {
			drift.add(this.findings.text("passwords.drifted.root", root));
		}
		return drift;
	}

	@Override
	public void record(List<PartOfRun<PasswordLogin, WatchedPasswords>> runs, StatementBatch batch) {
		for (PartOfRun<PasswordLogin, WatchedPasswords> part : runs) {
			WatchedPasswords seen = part.outcome();
			if (seen == null || seen.state() == null) {
				continue;
			}
			String detail = seen.warnings().isEmpty() ? null : String.join("\n", seen.warnings());
			this.repository.noteSeen(batch, part.input(), seen.state(), detail, part.run().at());
			if (seen.mended()) {
				this.events.publishEvent(new PasswordLoginMended(part.run().node().name(), part.input().choice()));
			}
		}
	}

}
