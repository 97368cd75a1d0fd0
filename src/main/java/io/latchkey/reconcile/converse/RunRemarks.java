package io.latchkey.reconcile.converse;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.desired.DesiredState;
import io.latchkey.nodestate.Findings;
import io.latchkey.nodestate.SshdMemory;
import io.latchkey.nodestate.UnseenAccounts;
import io.latchkey.reconcile.read.RunInput;
import io.latchkey.runs.AccountOutcome;
import io.latchkey.runs.PartOutcomes;
import org.jspecify.annotations.Nullable;

/** What a person should know of a node beside its state. */
final class RunRemarks {

	private final RunInput input;

	private final Findings findings;

	RunRemarks(RunInput input, Findings findings) {
		this.input = input;
		this.findings = findings;
	}

	/**
	 * @param unseen the accounts that were not looked at, or null when that is as it was
	 */
	List<String> of(NodeFacts facts, DesiredState desired, List<AccountOutcome> accounts, PartOutcomes parts,
			@Nullable UnseenAccounts unseen) {
		List<String> remarks = new ArrayList<>(ofNode(facts, desired));
		accounts.forEach((account) -> remarks.addAll(account.warnings()));
		remarks.addAll(parts.warnings());
		UnseenAccounts left = Objects.requireNonNullElse(unseen, this.input.row().remarks().unseen());
		if (!left.isNone()) {
			remarks.add(this.findings.of(left, this.input.node().management().account()));
		}
		return remarks.stream().distinct().toList();
	}

	private List<String> ofNode(NodeFacts facts, DesiredState desired) {
		List<String> remarks = new ArrayList<>();
		if (facts.clockOffset().abs().compareTo(SshdMemory.TOLERANCE) > 0) {
			remarks.add(this.findings.text(facts.clockOffset().isNegative() ? "clock.behind" : "clock.ahead",
					facts.clockOffset().abs().toSeconds()));
		}
		if (desired.expiryDepends()) {
			remarks.add(this.findings.text("expiry.depends", facts.sshVersion()));
		}
		if (this.input.node().route().legacyAlgorithms()) {
			remarks.add(this.findings.text("legacy-algorithms"));
		}
		return remarks;
	}

}
