package io.latchkey.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.latchkey.core.InvalidInputException;
import io.latchkey.core.VersionConflictException;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.GrantStatus;
import io.latchkey.grants.Grants;
import io.latchkey.grants.ReachedNodes;
import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.Urgency;
import io.latchkey.nodestate.WakeUps;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes the ends of many grants at once.
 */
@Service
@Transactional
public class Extensions {

	private final Grants grants;

	private final ReachedNodes reached;

	private final WakeUps wakeUps;

	private final Clock clock;

	Extensions(Grants grants, ReachedNodes reached, WakeUps wakeUps, Clock clock) {
		this.grants = grants;
		this.reached = reached;
		this.wakeUps = wakeUps;
		this.clock = clock;
	}

	/**
	 * What would become of them; changes nothing. What is no grant is passed over.
	 * @param to null while it is not known
	 * @throws InvalidInputException when they are too many for once, or one of them
	 * cannot end then
	 */
	@Transactional(readOnly = true)
	public Extension plan(Collection<GrantId> ids, @Nullable NewEnd to) {
		Grants.refuseTooMany(ids);
		Instant now = this.clock.instant();
		Map<Boolean, List<Grant>> byOpen = this.grants.all(ids)
			.values()
			.stream()
			.sorted(Comparator.comparing((grant) -> grant.id().value()))
			.collect(Collectors.partitioningBy((grant) -> isOpen(grant, now)));
		List<Extension.Change> changes = byOpen.getOrDefault(true, List.of())
			.stream()
			.map((grant) -> new Extension.Change(grant, (to != null) ? to.of(grant, now) : null))
			.toList();
		if (to != null) {
			changes.forEach((change) -> this.grants.checkNewEnd(change.grant(), Objects.requireNonNull(change.end())));
		}
		return new Extension(to, changes, byOpen.getOrDefault(false, List.of()));
	}

	/**
	 * Changes all of them, or none.
	 * @throws VersionConflictException when one of them was changed since it was planned
	 * @throws InvalidInputException when one of them has ended since, or cannot end then
	 */
	public void carryOut(Extension planned) {
		// The nodes first, as the end of a run locks them.
		this.wakeUps.wake(
				this.reached.of(this.grants
					.reachesOf(planned.changes().stream().map((change) -> change.grant().id()).toList())),
				Run.Trigger.CHANGE, Urgency.REMOVAL);
		planned.changes()
			.forEach((change) -> this.grants.changeEnd(change.grant().id(), Objects.requireNonNull(change.end()),
					change.grant().version()));
	}

	private static boolean isOpen(Grant grant, Instant now) {
		GrantStatus status = grant.statusAt(now);
		return status == GrantStatus.ACTIVE || status == GrantStatus.SCHEDULED;
	}

}
