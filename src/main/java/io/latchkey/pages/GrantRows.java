package io.latchkey.pages;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.delivery.Deliveries;
import io.latchkey.delivery.Delivery;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.GrantReach;
import io.latchkey.grants.GrantStatus;
import io.latchkey.grants.Grants;

import org.springframework.stereotype.Component;

/**
 * Puts grants together with how far they have come: one query for any number of them.
 */
@Component
public class GrantRows {

	private final Grants grants;

	private final Deliveries deliveries;

	private final ProgressBar bar;

	private final Clock clock;

	GrantRows(Grants grants, Deliveries deliveries, ProgressBar bar, Clock clock) {
		this.grants = grants;
		this.deliveries = deliveries;
		this.bar = bar;
		this.clock = clock;
	}

	public List<GrantRow> of(Collection<Grant> grants) {
		Map<GrantId, Delivery> deliveriesOf = this.deliveries.of(grants.stream().map(Grant::id).toList());
		Instant now = this.clock.instant();
		return grants.stream()
			.map((grant) -> row(grant, deliveriesOf.getOrDefault(grant.id(), Delivery.NONE), now))
			.toList();
	}

	/** By target and account. */
	public List<GrantRow> ofReaches(Collection<GrantReach> reaches) {
		return of(this.grants.all(reaches.stream().map(GrantReach::id).toList())
			.values()
			.stream()
			.sorted(Comparator.comparing((Grant grant) -> grant.target().name())
				.thenComparing(Grant::account)
				.thenComparing((grant) -> grant.id().value()))
			.toList());
	}

	private GrantRow row(Grant grant, Delivery delivery, Instant now) {
		GrantStatus status = grant.statusAt(now);
		Set<String> nodes = delivery.nodes().stream().map(Delivery.Entry::node).collect(Collectors.toUnmodifiableSet());
		return new GrantRow(grant, status, nodes, this.bar.of(delivery, status));
	}

}
