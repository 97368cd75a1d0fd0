package io.latchkey.grants;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How much access there is now, and how much of it ends soon.
 */
@Service
@Transactional(readOnly = true)
public class ActiveGrants {

	private static final int MOST_ENDING = 200;

	private final GrantRepository repository;

	private final Clock clock;

	ActiveGrants(GrantRepository repository, Clock clock) {
		this.repository = repository;
		this.clock = clock;
	}

	/**
	 * The grants that are active and end within the window, soonest first; at most 200.
	 */
	public List<Grant> endingWithin(Duration window) {
		return this.repository.endingBetween(now(), now().plus(window), Limit.of(MOST_ENDING))
			.stream()
			.map(GrantEntity::toGrant)
			.toList();
	}

	/** How many are active and end within the window. */
	public long countEndingWithin(Duration window) {
		return this.repository.countEndingBetween(now(), now().plus(window));
	}

	/** How many are active. */
	public long countActive() {
		return this.repository.countActive(now());
	}

	/**
	 * How much access there is now: the clusters by name, then the nodes named one by
	 * one.
	 * @param soon how long before its end a grant counts as ending
	 */
	public List<TargetTally> activeByTarget(Duration soon) {
		Instant now = now();
		List<TargetTally> clusters = this.repository.tallyByName(Target.Kind.CLUSTER, now, now.plus(soon));
		List<TargetTally> nodes = this.repository.tallyOfKind(Target.Kind.NODE, now, now.plus(soon));
		return Stream.concat(clusters.stream().sorted(Comparator.comparing(TargetTally::target)), nodes.stream())
			.toList();
	}

	private Instant now() {
		return this.clock.instant();
	}

}
