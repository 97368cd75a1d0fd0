package io.latchkey.delivery;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.latchkey.core.StatementBatch;
import io.latchkey.desired.DesiredLine;
import io.latchkey.desired.NodeRecords;
import io.latchkey.desired.WithheldGrant;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.GrantReach;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityId;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.Findings;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.removal.Keyless;
import io.latchkey.runs.AccountOutcome;
import io.latchkey.runs.FinishedRun;
import io.latchkey.runs.RunRecording;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Notes after a run how far each grant has come on its node. */
@Component
class DeliveryRecorder implements RunRecording {

	private final DeliveryRepository deliveries;

	private final Identities identities;

	private final Findings findings;

	DeliveryRecorder(DeliveryRepository deliveries, Identities identities, Findings findings) {
		this.deliveries = deliveries;
		this.identities = identities;
		this.findings = findings;
	}

	@Override
	public void record(List<FinishedRun> runs, StatementBatch batch) {
		Map<NodeId, Map<GrantId, Delivery.State>> before = this.deliveries
			.statesOn(runs.stream().map((run) -> run.node().id()).toList());
		Set<IdentityId> suspended = suspendedAmongKeyless(runs);
		runs.forEach((run) -> store(run, before.getOrDefault(run.node().id(), Map.of()), suspended, batch));
	}

	/**
	 * @param before the states of the grants on the node as they stand in the database
	 * @param suspended of those whom grants without a key are for
	 */
	private void store(FinishedRun run, Map<GrantId, Delivery.State> before, Set<IdentityId> suspended,
			StatementBatch batch) {
		NodeId node = run.node().id();
		Instant now = run.at();
		Map<GrantId, Keyless> keyless = keyless(run.records(), suspended, now);
		Map<GrantId, DeliveryProgress> reaching = new HashMap<>();
		for (GrantReach grant : run.records().grants()) {
			if (grant.expiresAt() == null || now.isBefore(grant.expiresAt())) {
				reaching.put(grant.id(), progress(grant, run, keyless));
			}
		}
		reaching.forEach((grant, progress) -> {
			if (!before.containsKey(grant)) {
				this.deliveries.add(batch, grant, node, progress, now);
			}
			else if (progress.state() != before.get(grant) || progress.detail() != null
					|| progress.state() == Delivery.State.PENDING) {
				this.deliveries.change(batch, grant, node, progress, now);
			}
		});
		storeEnded(run, before, reaching.keySet(), batch);
	}

	/**
	 * Who is suspended, of all whom these runs' grants without a key are for.
	 */
	private Set<IdentityId> suspendedAmongKeyless(List<FinishedRun> runs) {
		Set<IdentityId> holders = new HashSet<>();
		runs.forEach((run) -> without(run.records(), run.at())
			.forEach((grant) -> holders.addAll(run.records().holdersOf(grant))));
		return holders.isEmpty() ? Set.of() : this.identities.suspendedAmong(holders);
	}

	private void storeEnded(FinishedRun run, Map<GrantId, Delivery.State> before, Set<GrantId> reaching,
			StatementBatch batch) {
		before.forEach((grant, state) -> {
			if (!reaching.contains(grant) && state != Delivery.State.REMOVED) {
				List<PlacedLine> present = of(grant, run.unwanted());
				this.deliveries.change(batch, grant, run.node().id(),
						new DeliveryProgress("",
								present.isEmpty() ? Delivery.State.REMOVED : Delivery.State.STILL_PRESENT,
								whyStillPresent(present, run)),
						run.at());
			}
		});
	}

	private static List<PlacedLine> of(GrantId grant, List<PlacedLine> lines) {
		return lines.stream().filter((line) -> line.grants().contains(grant.value())).toList();
	}

	/** Latchkey takes off its own lines; another with that key is for somebody to see. */
	private @Nullable String whyStillPresent(List<PlacedLine> lines, FinishedRun run) {
		return lines.stream()
			.filter((line) -> run.accounts()
				.stream()
				.anyMatch((account) -> account.account().equals(line.account()) && account.content() != null
						&& account.content().keys().contains(line.fingerprint())))
			.findFirst()
			.map((line) -> this.findings.text("grant.foreign-line", line.account()))
			.orElse(null);
	}

	private DeliveryProgress progress(GrantReach grant, FinishedRun run, Map<GrantId, Keyless> keyless) {
		String account = grant.account();
		if (run.at().isBefore(grant.startsAt())) {
			return new DeliveryProgress(account, Delivery.State.PENDING, this.findings.text("grant.scheduled"));
		}
		for (WithheldGrant withheld : run.desired().withheld()) {
			if (withheld.grant().equals(grant.id())) {
				return new DeliveryProgress(account, Delivery.State.FAILED, withheld.reason());
			}
		}
		List<DesiredLine> lines = run.desired()
			.linesOf(account)
			.stream()
			.filter((line) -> line.grants().contains(grant.id().value()))
			.toList();
		if (!lines.isEmpty()) {
			return progress(account, lines, run);
		}
		List<PlacedLine> present = of(grant.id(), run.unwanted());
		return present.isEmpty()
				? new DeliveryProgress(account, Delivery.State.PENDING, why(keyless.get(grant.id())), true)
				: new DeliveryProgress(account, Delivery.State.STILL_PRESENT, whyStillPresent(present, run));
	}

	private static List<GrantReach> without(NodeRecords records, Instant now) {
		return records.grants().stream().filter((grant) -> records.identitiesLetInBy(grant, now).isEmpty()).toList();
	}

	private static Map<GrantId, Keyless> keyless(NodeRecords records, Set<IdentityId> suspended, Instant now) {
		Map<GrantId, Keyless> keyless = new HashMap<>();
		without(records, now).forEach(
				(grant) -> Keyless.of(grant, records, suspended, now).ifPresent((why) -> keyless.put(grant.id(), why)));
		return keyless;
	}

	private String why(@Nullable Keyless keyless) {
		return (keyless != null) ? this.findings.text("grant.keyless." + keyless.code())
				: this.findings.text("grant.no-key");
	}

	private DeliveryProgress progress(String account, List<DesiredLine> lines, FinishedRun run) {
		AccountOutcome looked = run.accounts()
			.stream()
			.filter((each) -> each.account().equals(account))
			.findFirst()
			.orElse(null);
		if (looked == null) {
			boolean failed = !run.conversed() && run.state() == NodeState.FAILED;
			return new DeliveryProgress(account, failed ? Delivery.State.FAILED : Delivery.State.PENDING,
					run.ending().failure());
		}
		if (looked.isFailed()) {
			return new DeliveryProgress(account, Delivery.State.FAILED, looked.state().detail());
		}
		AccountOutcome.Content content = looked.content();
		if (content != null && lines.stream().anyMatch(content.beyond()::contains)) {
			return new DeliveryProgress(account, Delivery.State.FAILED, this.findings.text("grant.no-room", account));
		}
		boolean stand = looked.comparison().unchanged() || (content != null && lines.stream().allMatch(content::has));
		return stand ? inPlace(looked, lines) : new DeliveryProgress(account, Delivery.State.PENDING,
				(run.node().management().mode() == Mode.OBSERVE) ? this.findings.text("mode.observe") : null);
	}

	/** They stand; whether sshd lets in by them is another matter. */
	private DeliveryProgress inPlace(AccountOutcome looked, List<DesiredLine> lines) {
		List<String> refused = lines.stream().map(looked.refused()::get).filter(Objects::nonNull).toList();
		if (refused.size() == lines.size()) {
			return new DeliveryProgress(looked.account(), Delivery.State.FAILED, refused.get(0));
		}
		if (!refused.isEmpty()) {
			return new DeliveryProgress(looked.account(), Delivery.State.IN_PLACE,
					this.findings.text("grant.partly", refused.size(), lines.size(), refused.get(0)));
		}
		boolean depends = lines.stream().anyMatch(DesiredLine::expiryDepends);
		return new DeliveryProgress(looked.account(), Delivery.State.IN_PLACE,
				depends ? this.findings.text("grant.expiry-depends") : null);
	}

}
