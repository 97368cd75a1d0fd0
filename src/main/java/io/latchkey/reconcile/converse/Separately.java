package io.latchkey.reconcile.converse;

import java.util.List;

import io.latchkey.core.DatabaseOutage;
import io.latchkey.desired.DesiredLine;
import io.latchkey.runs.AccountOutcome;
import io.latchkey.runs.FailureReason;
import io.latchkey.ssh.NodeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after each account of a run by itself: a fault of Latchkey's own with one, such
 * as by a record that it cannot read, is told as that account's, and the others are put
 * right. A conversation that fails, and a database that is away, stop the whole run.
 */
class Separately {

	private static final Logger log = LoggerFactory.getLogger(Separately.class);

	private final RunContext context;

	Separately(RunContext context) {
		this.context = context;
	}

	AccountOutcome account(AccountFiles files, List<DesiredLine> desired) {
		try {
			return new AccountReconciliation(this.context, files, desired)
				.run(this.context.input().remembered().get(files.account()));
		}
		catch (NodeException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			return AccountOutcome.failed(files.account(), "", told(files.account(), ex));
		}
	}

	private String told(String account, RuntimeException failure) {
		if (DatabaseOutage.isBehind(failure)) {
			throw failure;
		}
		log.error("Looking after {} on {} broke off", account, this.context.node().name(), failure);
		return this.context.tools().findings().text("account.broke-off", account, FailureReason.of(failure));
	}

}
