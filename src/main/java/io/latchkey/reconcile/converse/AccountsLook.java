package io.latchkey.reconcile.converse;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.accounts.LoginAccounts;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.desired.DesiredLine;
import io.latchkey.desired.DesiredState;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.RememberedAccount;
import io.latchkey.nodestate.UnseenAccounts;
import io.latchkey.reconcile.read.RunInput;
import io.latchkey.runs.RunParts;
import io.latchkey.ssh.NodeException;
import org.jspecify.annotations.Nullable;

/**
 * How a run looks at its node's accounts: those that Latchkey has nothing to do with
 * never keep the others from being served.
 */
final class AccountsLook {

	private final RunInput input;

	private final RunParts parts;

	private OtherAccounts others = OtherAccounts.NOT_ASKED;

	AccountsLook(RunInput input, RunParts parts) {
		this.input = input;
		this.parts = parts;
	}

	/** What it came to with those that Latchkey has nothing to do with. */
	OtherAccounts others() {
		return this.others;
	}

	/** One of them holds the node up. */
	void noteSlow() {
		this.others = new OtherAccounts(this.others.lookedAt(), this.others.told(), this.others.all(),
				UnseenAccounts.SLOW);
	}

	/**
	 * @param own those that Latchkey has to do with
	 * @param others those that are looked at besides
	 */
	Survey survey(NodeConversation conversation, DesiredState desired, Set<String> own, Set<String> others) {
		Set<String> all = new TreeSet<>(own);
		others.stream().filter(FileQuery::isAccount).forEach(all::add);
		try {
			Survey survey = new Surveyor(conversation, this.input, all).look(isAnythingToGo(desired, own)
					? (queries) -> conversation.ask(new ObserveFiles(queries)) : conversation::survey);
			Set<String> lookedAt = survey.accounts()
				.stream()
				.map(AccountFiles::account)
				.filter((account) -> !own.contains(account))
				.collect(Collectors.toSet());
			this.others = new OtherAccounts(lookedAt, survey.logins(), survey.all(), unseen(survey.logins()));
			return survey;
		}
		catch (NodeException.TimedOut ex) {
			this.others = new OtherAccounts(Set.of(), null, null, others.isEmpty() ? null : UnseenAccounts.SLOW);
			throw ex;
		}
	}

	private @Nullable UnseenAccounts unseen(@Nullable LoginAccounts told) {
		if (this.input.node().management().privilege() == Privilege.SELF) {
			return UnseenAccounts.OWN_ALONE;
		}
		if (told == null) {
			return null;
		}
		return told.whole() ? UnseenAccounts.more(told.left()) : UnseenAccounts.SLOW;
	}

	/**
	 * Removals go before additions, and those that Latchkey has to do with before others.
	 */
	Comparator<AccountFiles> order(DesiredState desired, Set<String> own) {
		return Comparator.comparing((AccountFiles files) -> !own.contains(files.account()))
			.thenComparing((files) -> hadFailed(files.account()))
			.thenComparing((files) -> !hasRemovals(desired, files.account()));
	}

	/**
	 * The node has a certain time for all accounts together: one that held it up the last
	 * time comes after the others.
	 */
	private boolean hadFailed(String account) {
		RememberedAccount before = this.input.memory().accounts().get(account);
		return before != null && before.state() == NodeState.FAILED;
	}

	/** What is said to be gone is known from what was read, and not from a glance. */
	private boolean isAnythingToGo(DesiredState desired, Set<String> own) {
		return this.input.isToBeCleared() || !this.input.foreignLines().unwanted().isEmpty()
				|| this.parts.askWhatIsGone(this.input.parts())
				|| own.stream().anyMatch((account) -> hasRemovals(desired, account));
	}

	private boolean hasRemovals(DesiredState desired, String account) {
		List<String> texts = desired.linesOf(account).stream().map(DesiredLine::text).toList();
		return this.input.knownLines(account).placed().stream().anyMatch((line) -> !texts.contains(line.line()));
	}

}
