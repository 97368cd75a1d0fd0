package io.latchkey.reconcile.converse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.LineChanges;
import io.latchkey.nodestate.NodeState;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;
import io.latchkey.runs.AccountOutcome;
import io.latchkey.runs.AccountOutcome.Content;

/**
 * An account of which it is not known which files sshd reads. Nothing is written where
 * sshd may not look. What should be gone goes all the same from where it was put.
 */
final class UntoldAccount {

	private final RunContext context;

	private final AccountFiles files;

	private final AccountAim aim;

	UntoldAccount(RunContext context, AccountFiles files, AccountAim aim) {
		this.context = context;
		this.files = files;
		this.aim = aim;
	}

	/**
	 * @param finding why it is not known, for a person
	 */
	AccountOutcome run(String finding) {
		List<FileOutcome> outcomes = clean();
		return outcomes.stream()
			.map(FileOutcome::failure)
			.filter(Objects::nonNull)
			.findFirst()
			.map((failure) -> AccountOutcome.failed(this.files.account(), this.files.firstPath(), failure))
			.orElseGet(() -> outcome(outcomes, finding));
	}

	private List<FileOutcome> clean() {
		List<FileOutcome> outcomes = new ArrayList<>();
		for (ObservedFile file : Stream.concat(this.files.read().stream(), this.files.left().stream()).toList()) {
			String path = file.path();
			if (path != null && file.presence() == Presence.FILE) {
				outcomes.add(FileReconciliation.ofUntold(this.context, file, path, this.aim.desired()).run());
			}
		}
		return outcomes;
	}

	private AccountOutcome outcome(List<FileOutcome> outcomes, String finding) {
		boolean isDone = this.aim.isNothing() && outcomes.stream().allMatch((file) -> file.plan().isNothingToDo());
		List<AccountState.Entry> entries = new ArrayList<>();
		outcomes.forEach((file) -> file.plan().entries().forEach((entry) -> entries.add(entry.in(file.path()))));
		AccountState state = new AccountState(this.files.account(), this.files.firstPath(),
				isDone ? NodeState.IN_SYNC : NodeState.FAILED, finding, entries);
		return new AccountOutcome(state, content(outcomes), AccountOutcome.Comparison.NONE,
				LineChanges.of(outcomes.stream().map(FileOutcome::changes).toList()))
			.with(isDone ? List.of(finding) : List.of());
	}

	/** What stands in the files that were read before. */
	private static Content content(List<FileOutcome> outcomes) {
		Set<String> texts = new HashSet<>();
		Set<Fingerprint> keys = new HashSet<>();
		outcomes.forEach((file) -> file.file().lines().forEach((line) -> {
			texts.add(line.text());
			line.key().map(PublicKey::fingerprint).ifPresent(keys::add);
		}));
		return new Content(texts, keys, List.of(), null, List.of());
	}

}
