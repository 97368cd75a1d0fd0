package io.latchkey.reconcile;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.desired.DesiredLine;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.PublicKey;
import io.latchkey.reconcile.AccountOutcome.Content;
import io.latchkey.transport.ContentHash;
import io.latchkey.transport.NodeConversation;
import io.latchkey.transport.NodeException;
import io.latchkey.transport.ObservedAccount;
import io.latchkey.transport.Presence;
import io.latchkey.transport.WriteResult;
import org.jspecify.annotations.Nullable;

/**
 * One account in one run: compares its file with the desired lines and, where the mode
 * allows, makes it match. A file that changes in between is read and planned again.
 */
class AccountReconciliation {

	private static final int MOST_ATTEMPTS = 5;

	/** Stands for the hash where there is no file. */
	private static final String NO_FILE = "-";

	private final NodeConversation conversation;

	private final Node node;

	private final ObservedAccount observed;

	private final List<DesiredLine> desired;

	private final KnownLines known;

	private final Intentions intentions;

	private final Findings findings;

	private final Set<String> noted = new HashSet<>();

	AccountReconciliation(NodeConversation conversation, Node node, ObservedAccount observed, List<DesiredLine> desired,
			KnownLines known, Intentions intentions, Findings findings) {
		this.conversation = conversation;
		this.node = node;
		this.observed = observed;
		this.desired = desired;
		this.known = known;
		this.intentions = intentions;
		this.findings = findings;
		known.placed().forEach((line) -> this.noted.add(line.line()));
	}

	AccountOutcome run(@Nullable RememberedAccount remembered) {
		if (remembered != null && isAs(remembered)) {
			return AccountOutcome.unchanged(account(), remembered);
		}
		return switch (this.observed.presence()) {
			case FILE, ABSENT -> reconcile();
			case NO_ACCOUNT -> withoutAccount();
			default ->
				AccountOutcome.failed(account(), file(), this.findings.of(this.observed.presence(), account(), file()));
		};
	}

	private boolean isAs(RememberedAccount remembered) {
		return remembered.state() == NodeState.IN_SYNC && desiredHash().equals(remembered.desiredHash())
				&& observedHash() != null && Objects.equals(observedHash(), remembered.contentHash())
				&& isEverythingPlacedDesired();
	}

	private boolean isEverythingPlacedDesired() {
		Set<String> texts = this.desired.stream().map(DesiredLine::text).collect(Collectors.toSet());
		return this.known.placed().stream().map(PlacedLine::line).allMatch(texts::contains);
	}

	private @Nullable String observedHash() {
		return (this.observed.presence() == Presence.ABSENT) ? NO_FILE : this.observed.hash();
	}

	private AccountOutcome withoutAccount() {
		if (this.desired.isEmpty()) {
			return outcome(NodeState.IN_SYNC, this.findings.of(Presence.NO_ACCOUNT, account(), file()), List.of(),
					Content.NOTHING, null, List.of(), List.of());
		}
		return AccountOutcome.failed(account(), file(), this.findings.of(Presence.NO_ACCOUNT, account(), file()));
	}

	private AccountOutcome reconcile() {
		boolean exists = this.observed.presence() == Presence.FILE;
		for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
			byte[] content;
			try {
				content = exists ? this.conversation.read(account(), file()) : new byte[0];
			}
			catch (NodeException.FileUnreadable ex) {
				return AccountOutcome.failed(account(), file(), this.findings.of(ex, account(), file()));
			}
			String hash = exists ? ContentHash.of(content) : null;
			LinePlan plan = plan(AuthorizedKeysFile.parse(content));
			if (this.node.mode() == Mode.OBSERVE) {
				return asObserved(plan, content, hash);
			}
			note(plan);
			if (plan.isNothingToDo()) {
				return asObserved(plan, content, hash);
			}
			byte[] target = plan.target().render();
			WriteResult result = this.conversation.write(account(), hash, target);
			if (result instanceof WriteResult.Written written) {
				return asWritten(plan, target, written.hash());
			}
			if (result instanceof WriteResult.Failed failed) {
				return AccountOutcome.failed(account(), file(), this.findings.of(failed, account(), file()));
			}
			exists = ((WriteResult.Changed) result).hashNow() != null;
		}
		return AccountOutcome.failed(account(), file(), this.findings.text("write.keeps-changing", account(), file()));
	}

	private LinePlan plan(AuthorizedKeysFile file) {
		return new LinePlanner(file, this.desired, this.known, this.node.mode()).plan();
	}

	/** Notes each line and each removal once, however often the plan is made. */
	private void note(LinePlan plan) {
		List<DesiredLine> toPlace = this.desired.stream().filter((line) -> this.noted.add(line.text())).toList();
		if (!toPlace.isEmpty() || !plan.removedForeign().isEmpty()) {
			this.intentions.note(this.node.id(), account(), toPlace, plan.removedForeign());
		}
	}

	private AccountOutcome asObserved(LinePlan plan, byte[] content, @Nullable String hash) {
		boolean inSync = plan.isNothingToDo() && (this.node.mode() != Mode.OBSERVE || !plan.hasForeignLines());
		return outcome(inSync ? NodeState.IN_SYNC : NodeState.DRIFTED,
				inSync ? null : this.findings.text("drift", account()), plan.entries(), contentOf(content), hash,
				List.of(), List.of());
	}

	private AccountOutcome asWritten(LinePlan plan, byte[] target, String hash) {
		if (!hash.equals(ContentHash.of(target))) {
			return AccountOutcome.failed(account(), file(), this.findings.text("write.read-back", account(), file()));
		}
		LinePlan after = plan(plan.target());
		return outcome(NodeState.IN_SYNC, null, after.entries(), contentOf(target), hash, plan.added(),
				plan.allRemoved());
	}

	private AccountOutcome outcome(NodeState state, @Nullable String detail, List<AccountState.Entry> entries,
			Content content, @Nullable String hash, List<String> added, List<String> removed) {
		return new AccountOutcome(new AccountState(account(), file(), state, detail, entries), content,
				(hash != null) ? hash : NO_FILE, desiredHash(), added, removed, false);
	}

	private static Content contentOf(byte[] bytes) {
		List<AuthorizedKeysFile.Line> lines = AuthorizedKeysFile.parse(bytes).lines();
		return new Content(lines.stream().map(AuthorizedKeysFile.Line::text).collect(Collectors.toSet()),
				lines.stream()
					.flatMap((line) -> line.key().stream())
					.map(PublicKey::fingerprint)
					.collect(Collectors.toSet()));
	}

	/** Changes with what the file should be. */
	private String desiredHash() {
		String all = this.node.mode() + "\n"
				+ this.desired.stream().map(DesiredLine::text).collect(Collectors.joining("\n"));
		return ContentHash.of(all.getBytes(StandardCharsets.UTF_8));
	}

	private String account() {
		return this.observed.account();
	}

	private String file() {
		return (this.observed.path() != null) ? this.observed.path() : "";
	}

}
