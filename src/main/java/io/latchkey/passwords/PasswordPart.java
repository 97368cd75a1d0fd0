package io.latchkey.passwords;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.sshd.FindPasswordLogins;
import io.latchkey.conversation.sshd.PasswordLogins;
import io.latchkey.conversation.sshd.SshdLook;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.Findings;
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

	private final Drift drift;

	private final Findings findings;

	private final ApplicationEventPublisher events;

	private final PasswordProperties properties;

	private final Clock clock;

	PasswordPart(PasswordLoginRepository repository, PasswordTrial trial, Drift drift, Findings findings,
			ApplicationEventPublisher events, PasswordProperties properties, Clock clock) {
		this.repository = repository;
		this.trial = trial;
		this.drift = drift;
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

	/**
	 * Where nothing was decided there is nothing to watch, unless a change came to no
	 * end.
	 */
	@Override
	public Map<NodeId, PasswordLogin> read(Collection<NodeId> nodes) {
		return this.repository.find(nodes)
			.entrySet()
			.stream()
			.filter((entry) -> isWatched(entry.getValue()))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	private static boolean isWatched(PasswordLogin login) {
		return !login.choice().equals(PasswordChoice.NOTHING) || login.unsettledUntil() != null || login.drifted();
	}

	@Override
	public WatchedPasswords act(PasswordLogin before, Visit visit) {
		if (!isDue(before)) {
			return WatchedPasswords.again(before);
		}
		NodeConversation conversation = visit.conversation();
		SshdLook look = conversation.ask(FindPasswordLogins.settings());
		Drift.Seen drift = this.drift.between(before, look, conversation.sshVersion());
		PasswordLogin seen = before.seen(drift.state(), drift.warnings(), this.clock.instant());
		if (!drift.mendable() || visit.node().management().mode() != Mode.EXCLUSIVE
				|| !(look instanceof PasswordLogins said) || said.onTrial()) {
			return WatchedPasswords.of(seen);
		}
		PasswordChange change = this.trial.alter(visit.node(), conversation, before.choice(), said);
		return change.done() ? mended(before, change) : notMended(seen, change);
	}

	/** A change whose end is not known is not looked at before the node has undone it. */
	private boolean isDue(PasswordLogin before) {
		Instant due = Objects.requireNonNullElse(before.unsettledUntil(),
				before.seenAt().plus(this.properties.lookEvery()));
		return !this.clock.instant().isBefore(due);
	}

	/** Whom a Match lets in all the same was not decided anew. */
	private WatchedPasswords mended(PasswordLogin before, PasswordChange change) {
		PasswordLogin seen = before.seen(change.state(), this.drift.besides(before, change.exceptions()),
				this.clock.instant());
		return new WatchedPasswords(seen, seen.warnings(), true, this.findings.text("passwords.mended"));
	}

	private WatchedPasswords notMended(PasswordLogin seen, PasswordChange change) {
		List<String> warnings = new ArrayList<>(seen.warnings());
		warnings.add(this.findings.text("passwords.not-mended", String.valueOf(change.detail())));
		return WatchedPasswords.of(seen.seen(seen.state(), warnings, seen.seenAt()));
	}

	@Override
	public void record(List<PartOfRun<PasswordLogin, WatchedPasswords>> runs, StatementBatch batch) {
		for (PartOfRun<PasswordLogin, WatchedPasswords> part : runs) {
			WatchedPasswords outcome = part.outcome();
			if (outcome == null || outcome.seen() == null) {
				continue;
			}
			this.repository.noteSeen(batch, part.input(), outcome.seen());
			Node node = part.run().node();
			if (outcome.mended()) {
				this.events.publishEvent(new PasswordLoginMended(node.name(), part.input().choice()));
			}
			if (outcome.seen().drifted() && !part.input().drifted()) {
				this.events
					.publishEvent(new PasswordLoginDrifted(node.name(), String.join(" ", outcome.seen().warnings())));
			}
		}
	}

}
