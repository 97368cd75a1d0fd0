package io.latchkey.reconcile.record;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.latchkey.conversation.accounts.AllAccounts;
import io.latchkey.conversation.accounts.LoginAccounts;
import io.latchkey.core.StatementBatch;
import io.latchkey.desired.Dialect;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.AccountFilesRepository;
import io.latchkey.nodestate.AccountNameRepository;
import io.latchkey.nodestate.AccountStateRepository;
import io.latchkey.nodestate.LoginAccountRepository;
import io.latchkey.reconcile.converse.OtherAccounts;
import io.latchkey.reconcile.converse.RunOutcome;
import io.latchkey.reconcile.converse.Survey;
import io.latchkey.reconcile.read.RunInput;
import io.latchkey.runs.AccountOutcome;

import org.springframework.stereotype.Component;

/** Keeps what runs have seen of accounts and their files. */
@Component
class AccountRecorder {

	private final AccountStateRepository accounts;

	private final AccountFilesRepository files;

	private final LoginAccountRepository loginAccounts;

	private final AccountNameRepository accountNames;

	AccountRecorder(AccountStateRepository accounts, AccountFilesRepository files, LoginAccountRepository loginAccounts,
			AccountNameRepository accountNames) {
		this.accounts = accounts;
		this.files = files;
		this.loginAccounts = loginAccounts;
		this.accountNames = accountNames;
	}

	void store(RunInput input, RunOutcome outcome, StatementBatch batch) {
		NodeId node = input.node().id();
		storeFiles(node, outcome, batch);
		Set<String> forgotten = Set.of();
		LoginAccounts told = outcome.others().told();
		if (told != null && told.whole()) {
			this.loginAccounts.replace(batch, node, told.names());
			forgotten = forgetOthers(input, outcome, told.names(), batch);
		}
		for (AccountOutcome account : outcome.accounts()) {
			if (!account.comparison().unchanged() && !forgotten.contains(account.account())
					&& isWorthKeeping(account, input, outcome)) {
				storeAccount(input, account, batch);
			}
		}
		storeAccountNames(input.node(), outcome.others(), batch);
	}

	/** What sshd said that it reads, and which file of its own was proved. */
	private void storeFiles(NodeId node, RunOutcome outcome, StatementBatch batch) {
		Survey survey = outcome.survey();
		if (survey != null) {
			survey.asked()
				.forEach((account, patterns) -> this.files.notePatterns(batch, node, account, patterns,
						survey.filesOf(account).rules(), survey.filesOf(account).obstacle()));
		}
		for (AccountOutcome account : outcome.accounts()) {
			if (account.confirmedFile() != null) {
				this.files.noteConfirmed(batch, node, account.account(), account.confirmedFile());
			}
			if (account.exclusive()) {
				this.files.noteExclusive(batch, node, account.account());
			}
		}
	}

	/**
	 * Of the accounts that Latchkey has nothing to do with, and that the node does not
	 * name any more, some are remembered: it may name others each time.
	 */
	private Set<String> forgetOthers(RunInput input, RunOutcome outcome, List<String> told, StatementBatch batch) {
		NodeId node = input.node().id();
		Set<String> others = new TreeSet<>(this.files.accounts(node));
		others.addAll(this.accounts.accounts(node));
		outcome.accounts().stream().map(AccountOutcome::account).forEach(others::add);
		others.removeAll(told);
		others.removeAll(input.accounts(input.records().at(outcome.timing().startedAt(), Dialect.CURRENT)));
		Set<String> beyond = others.stream().skip(RunInput.MOST_OTHERS).collect(Collectors.toSet());
		this.files.forget(batch, node, beyond);
		this.accounts.forget(batch, node, beyond);
		return beyond;
	}

	/** Most accounts that could log in have no keys. */
	private static boolean isWorthKeeping(AccountOutcome account, RunInput input, RunOutcome outcome) {
		return !outcome.others().lookedAt().contains(account.account())
				|| input.memory().accounts().containsKey(account.account()) || !account.state().entries().isEmpty();
	}

	private void storeAccount(RunInput input, AccountOutcome account, StatementBatch batch) {
		NodeId node = input.node().id();
		if (account.content() == null && input.memory().accounts().containsKey(account.account())) {
			this.accounts.noteState(batch, node, account.account(), account.state().state(), account.state().detail());
		}
		else {
			this.accounts.replace(batch, node, account.state(), account.comparison().contentHash(),
					account.comparison().desiredHash());
		}
	}

	/** The account by which the node was asked is among them, or they are not all. */
	private void storeAccountNames(Node node, OtherAccounts others, StatementBatch batch) {
		AllAccounts all = others.all();
		if (all != null && all.whole() && all.names().contains(node.management().account())) {
			this.accountNames.replace(batch, node.id(), all.names());
		}
		else if (all != null || node.management().privilege() == Privilege.SELF) {
			this.accountNames.forget(batch, node.id());
		}
	}

}
