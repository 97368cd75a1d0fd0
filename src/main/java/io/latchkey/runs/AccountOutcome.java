package io.latchkey.runs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.desired.DesiredLine;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.LineChanges;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.RememberedAccount;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * What became of one account in a run.
 *
 * @param state IN_SYNC, DRIFTED or FAILED
 * @param content what stands in its file at the end; null when that is not known
 * @param warnings what else was found
 * @param confirmedFile the file that a fresh login has proved, or null
 * @param exclusive whether nothing stands in the way of taking off the foreign lines that
 * come from now on
 * @param refused the desired lines by which sshd lets nobody in, and why
 * @param onNode what it comes to for the node: its own state, but for a fault of this
 * account alone
 */
public record AccountOutcome(AccountState state, @Nullable Content content, Comparison comparison, LineChanges changes,
		List<String> warnings, @Nullable String confirmedFile, boolean exclusive, Map<DesiredLine, String> refused,
		NodeState onNode) {

	public AccountOutcome(AccountState state, @Nullable Content content, Comparison comparison, LineChanges changes) {
		this(state, content, comparison, changes, List.of(), null, false, Map.of(), state.state());
	}

	/**
	 * By what it is told whether anything has changed.
	 *
	 * @param contentHash of what stands there, and
	 * @param desiredHash of what should, by which the next run tells; null when it has to
	 * look closely
	 * @param unchanged whether everything is as it was remembered, so that nothing has to
	 * be stored
	 */
	public record Comparison(@Nullable String contentHash, @Nullable String desiredHash, boolean unchanged) {

		/** There is nothing to compare with. */
		public static final Comparison NONE = new Comparison(null, null, false);

	}

	public AccountOutcome with(List<String> warnings) {
		return new AccountOutcome(this.state, this.content, this.comparison, this.changes, warnings, this.confirmedFile,
				this.exclusive, this.refused, this.onNode);
	}

	/**
	 * The same, of which sshd refuses these lines. As long as anything is said of its
	 * lines, the account is looked at closely each time.
	 */
	public AccountOutcome refusing(Map<DesiredLine, String> refused, List<String> remarks) {
		Comparison next = remarks.isEmpty() ? this.comparison
				: new Comparison(null, this.comparison.desiredHash(), this.comparison.unchanged());
		return new AccountOutcome(this.state, this.content, next, this.changes, this.warnings, this.confirmedFile,
				this.exclusive, refused, this.onNode);
	}

	public AccountOutcome confirmed(@Nullable String file) {
		return new AccountOutcome(this.state, this.content, this.comparison, this.changes, this.warnings, file,
				this.exclusive, this.refused, this.onNode);
	}

	public AccountOutcome exclusive(boolean exclusive) {
		return new AccountOutcome(this.state, this.content, this.comparison, this.changes, this.warnings,
				this.confirmedFile, exclusive, this.refused, this.onNode);
	}

	/** The same, of which this is what the node's state hears. */
	public AccountOutcome onNode(NodeState state) {
		return new AccountOutcome(this.state, this.content, this.comparison, this.changes, this.warnings,
				this.confirmedFile, this.exclusive, this.refused, state);
	}

	/**
	 * The same of an account that Latchkey has nothing to do with: what cannot be looked
	 * into there is a remark, and nothing of it is ever taken off before it was shown.
	 */
	public AccountOutcome asRemark() {
		if (!isFailed()) {
			return exclusive(false);
		}
		AccountState seen = new AccountState(account(), this.state.file(), NodeState.IN_SYNC, this.state.detail(),
				this.state.entries());
		List<String> told = Stream.concat(Optional.ofNullable(this.state.detail()).stream(), this.warnings.stream())
			.toList();
		return new AccountOutcome(seen, this.content, Comparison.NONE, this.changes, told, null, false, Map.of(),
				NodeState.IN_SYNC);
	}

	public String account() {
		return this.state.account();
	}

	/** Those that stand there and that nobody granted. */
	public Set<Fingerprint> foreignKeys() {
		return this.state.entries()
			.stream()
			.filter((entry) -> entry.origin() == AccountState.Origin.FOREIGN
					&& entry.status() == AccountState.Status.EXTRA)
			.map(AccountState.Entry::fingerprint)
			.collect(Collectors.toSet());
	}

	public boolean isFailed() {
		return this.state.state() == NodeState.FAILED;
	}

	/** Whether what failed is this account's alone, and all else on the node is well. */
	public boolean isFailedAlone() {
		return isFailed() && this.onNode != NodeState.FAILED;
	}

	/**
	 * What an account lets in.
	 *
	 * @param texts of all lines of its files
	 * @param keys of all lines that sshd reads
	 * @param served the desired lines for which a foreign one stands
	 * @param file the only one in which Latchkey's lines stand; null when there are
	 * others
	 * @param beyond the desired lines for which there is no room
	 */
	public record Content(Set<String> texts, Set<Fingerprint> keys, List<DesiredLine> served, @Nullable String file,
			List<DesiredLine> beyond) {

		public static final Content NOTHING = new Content(Set.of(), Set.of(), List.of(), null, List.of());

		/** Whether the line stands there, or a foreign one for it. */
		public boolean has(DesiredLine line) {
			return this.texts.contains(line.text()) || this.served.contains(line);
		}

	}

	public static AccountOutcome unchanged(String account, RememberedAccount remembered) {
		AccountState state = new AccountState(account, "", remembered.state(), remembered.detail(), List.of());
		return new AccountOutcome(state, null, new Comparison(remembered.contentHash(), remembered.desiredHash(), true),
				LineChanges.NONE);
	}

	public static AccountOutcome failed(String account, String file, String detail) {
		return new AccountOutcome(new AccountState(account, file, NodeState.FAILED, detail, List.of()), null,
				Comparison.NONE, LineChanges.NONE);
	}

}
