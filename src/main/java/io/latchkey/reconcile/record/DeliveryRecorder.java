package io.latchkey.reconcile.record;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.latchkey.core.StatementBatch;
import io.latchkey.delivery.Delivery;
import io.latchkey.delivery.DeliveryProgress;
import io.latchkey.delivery.DeliveryRepository;
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
import io.latchkey.reconcile.converse.RunOutcome;
import io.latchkey.reconcile.read.RunInput;
import io.latchkey.removal.Keyless;
import io.latchkey.runs.AccountOutcome;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Notes after a run how far each grant has come on its node. */
@Component
class DeliveryRecorder {

	private final DeliveryRepository deliveries;

	private final Identities identities;

	private final Findings findings;

	DeliveryRecorder(DeliveryRepository deliveries, Identities identities, Findings findings) {
		this.deliveries = deliveries;
		this.identities = identities;
		this.findings = findings;
	}

	/**
	 * @param before the states of the grants on the node as they stand in the database
	 * @param unwanted the lines that should be gone and are not known to be
	 * @param suspended of those whom grants without a key are for
	 */
	void store(RunInput input, RunOutcome outcome, Map<GrantId, Delivery.State> before, List<PlacedLine> unwanted,
			Set<IdentityId> suspended, StatementBatch batch) {
		NodeId node = input.node().id();
		Instant now = outcome.endedAt().truncatedTo(ChronoUnit.MICROS);
		Map<GrantId, Keyless> keyless = keyless(input.records(), suspended, now);
		Map<GrantId, DeliveryProgress> reaching = new HashMap<>();
		for (GrantReach grant : input.records().grants()) {
			if (grant.expiresAt() == null || now.isBefore(grant.expiresAt())) {
				reaching.put(grant.id(), progress(grant, input, outcome, unwanted, keyless, now));
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
		storeEnded(node, before, reaching, outcome, unwanted, now, batch);
	}

	/**
	 * Who is suspended, of all whom these runs' grants without a key are for.
	 */
	Set<IdentityId> suspendedAmongKeyless(Collection<EndedRun.Found> runs) {
		Set<IdentityId> holders = new HashSet<>();
		runs.forEach((run) -> {
			NodeRecords records = run.input().records();
			RunOutcome outcome = run.outcome();
			if (outcome != null) {
				without(records, outcome.endedAt().truncatedTo(ChronoUnit.MICROS))
					.forEach((grant) -> holders.addAll(records.holdersOf(grant)));
			}
		});
		return holders.isEmpty() ? Set.of() : this.identities.suspendedAmong(holders);
	}

	private void storeEnded(NodeId node, Map<GrantId, Delivery.State> before, Map<GrantId, DeliveryProgress> reaching,
			RunOutcome outcome, List<PlacedLine> unwanted, Instant now, StatementBatch batch) {
		before.forEach((grant, state) -> {
			if (!reaching.containsKey(grant) && state != Delivery.State.REMOVED) {
				List<PlacedLine> present = of(grant, unwanted);
				this.deliveries.change(batch, grant, node,
						new DeliveryProgress("",
								present.isEmpty() ? Delivery.State.REMOVED : Delivery.State.STILL_PRESENT,
								whyStillPresent(present, outcome)),
						now);
			}
		});
	}

	private static List<PlacedLine> of(GrantId grant, List<PlacedLine> lines) {
		return lines.stream().filter((line) -> line.grants().contains(grant.value())).toList();
	}

	/** Latchkey takes off its own lines; another with that key is for somebody to see. */
	private @Nullable String whyStillPresent(List<PlacedLine> lines, RunOutcome outcome) {
		return lines.stream()
			.filter((line) -> outcome.accounts()
				.stream()
				.anyMatch((account) -> account.account().equals(line.account()) && account.content() != null
						&& account.content().keys().contains(line.fingerprint())))
			.findFirst()
			.map((line) -> this.findings.text("grant.foreign-line", line.account()))
			.orElse(null);
	}

	private DeliveryProgress progress(GrantReach grant, RunInput input, RunOutcome outcome, List<PlacedLine> unwanted,
			Map<GrantId, Keyless> keyless, Instant now) {
		if (now.isBefore(grant.startsAt())) {
			return new DeliveryProgress(grant.account(), Delivery.State.PENDING, this.findings.text("grant.scheduled"));
		}
		for (WithheldGrant withheld : outcome.desired().withheld()) {
			if (withheld.grant().equals(grant.id())) {
				return new DeliveryProgress(grant.account(), Delivery.State.FAILED, withheld.reason());
			}
		}
		List<DesiredLine> lines = outcome.desired()
			.linesOf(grant.account())
			.stream()
			.filter((line) -> line.grants().contains(grant.id().value()))
			.toList();
		if (lines.isEmpty()) {
			List<PlacedLine> present = of(grant.id(), unwanted);
			return present.isEmpty()
					? new DeliveryProgress(grant.account(), Delivery.State.PENDING, why(keyless.get(grant.id())), true)
					: new DeliveryProgress(grant.account(), Delivery.State.STILL_PRESENT,
							whyStillPresent(present, outcome));
		}
		return progress(grant, lines, input, outcome);
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

	private DeliveryProgress progress(GrantReach grant, List<DesiredLine> lines, RunInput input, RunOutcome outcome) {
		Map<String, AccountOutcome> looked = outcome.accounts()
			.stream()
			.collect(Collectors.toMap(AccountOutcome::account, Function.identity()));
		AccountOutcome account = looked.get(grant.account());
		if (account == null) {
			return new DeliveryProgress(
					grant.account(), (outcome.failure() != null && outcome.failure().state() == NodeState.FAILED)
							? Delivery.State.FAILED : Delivery.State.PENDING,
					(outcome.failure() != null) ? outcome.failure().detail() : null);
		}
		if (account.isFailed()) {
			return new DeliveryProgress(grant.account(), Delivery.State.FAILED, account.state().detail());
		}
		AccountOutcome.Content content = account.content();
		if (content != null && lines.stream().anyMatch(content.beyond()::contains)) {
			return new DeliveryProgress(grant.account(), Delivery.State.FAILED,
					this.findings.text("grant.no-room", grant.account()));
		}
		if (account.unchanged() || (content != null && lines.stream().allMatch(content::has))) {
			List<String> refused = lines.stream().map(account.refused()::get).filter(Objects::nonNull).toList();
			if (refused.size() == lines.size()) {
				return new DeliveryProgress(grant.account(), Delivery.State.FAILED, refused.get(0));
			}
			if (!refused.isEmpty()) {
				return new DeliveryProgress(grant.account(), Delivery.State.IN_PLACE,
						this.findings.text("grant.partly", refused.size(), lines.size(), refused.get(0)));
			}
			boolean depends = lines.stream().anyMatch(DesiredLine::expiryDepends);
			return new DeliveryProgress(grant.account(), Delivery.State.IN_PLACE,
					depends ? this.findings.text("grant.expiry-depends") : null);
		}
		return new DeliveryProgress(grant.account(), Delivery.State.PENDING,
				(input.node().mode() == Mode.OBSERVE) ? this.findings.text("mode.observe") : null);
	}

}
