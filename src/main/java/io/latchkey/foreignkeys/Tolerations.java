package io.latchkey.foreignkeys;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.core.CurrentActor;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.desired.ConfirmationNeededException;
import io.latchkey.desired.RemovalPreview;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.Urgency;
import io.latchkey.nodestate.WakeUps;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Foreign keys that need nobody until a date, and that {@code EXCLUSIVE} leaves until
 * then. Tolerating one changes nothing on any node.
 */
@Service
@Transactional
public class Tolerations {

	private static final int LONGEST_REASON = 1000;

	private final TolerationRepository tolerations;

	private final ForeignLosses losses;

	private final UnwantedKeys unwanted;

	private final WakeUps wakeUps;

	private final CurrentActor actor;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Tolerations(TolerationRepository tolerations, ForeignLosses losses, UnwantedKeys unwanted, WakeUps wakeUps,
			CurrentActor actor, ApplicationEventPublisher events, Clock clock) {
		this.tolerations = tolerations;
		this.losses = losses;
		this.unwanted = unwanted;
		this.wakeUps = wakeUps;
		this.actor = actor;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Tolerates these keys until then, whatever was said of them before.
	 * @throws InvalidInputException when the date has passed, or no reason is given
	 */
	public void tolerate(Collection<Fingerprint> keys, Instant until, String reason) {
		if (!until.isAfter(this.clock.instant())) {
			throw new InvalidInputException(Fault.of("until", "instant.past"));
		}
		if (reason.isBlank()) {
			throw new InvalidInputException(Fault.of("reason", "toleration.reason"));
		}
		if (reason.length() > LONGEST_REASON) {
			throw new InvalidInputException(Fault.of("reason", "text.long", LONGEST_REASON));
		}
		ForeignLosses.refuseTooMany(keys);
		Set<Fingerprint> distinct = Set.copyOf(keys);
		wakeExclusive(distinct, Urgency.CHECK);
		this.unwanted.callOff(distinct);
		Instant end = until.truncatedTo(ChronoUnit.MICROS);
		distinct.forEach((key) -> {
			this.tolerations.add(new Toleration(key, end, reason, this.actor.get().name()));
			this.events.publishEvent(new KeyTolerated(key, end, reason));
		});
	}

	/**
	 * Tolerates these keys no more. Where only desired lines may stand they go then.
	 * @param confirmed the digest of the preview that was confirmed, or null
	 * @throws ConfirmationNeededException when nothing was done, because lines would go
	 * and just that was not confirmed
	 */
	public void end(Collection<Fingerprint> keys, @Nullable String confirmed) {
		ForeignLosses.refuseTooMany(keys);
		List<Fingerprint> ending = keys.stream().distinct().filter(current(keys)::containsKey).toList();
		if (ending.isEmpty()) {
			return;
		}
		Set<NodeId> exclusive = Set.copyOf(this.tolerations.exclusiveWith(ending));
		RemovalPreview preview = this.losses
			.preview(this.losses.linesWith(ending).stream().filter((line) -> exclusive.contains(line.node())).toList());
		if (!preview.accounts().isEmpty() && !preview.digest().equals(confirmed)) {
			throw new ConfirmationNeededException(preview);
		}
		this.wakeUps.wake(exclusive, Run.Trigger.CHANGE, Urgency.REMOVAL);
		ending.stream()
			.filter(this.tolerations::delete)
			.forEach((key) -> this.events.publishEvent(new KeyTolerationEnded(key)));
	}

	/** Those that hold now. */
	@Transactional(readOnly = true)
	public Map<Fingerprint, Toleration> current() {
		return this.tolerations.at(this.clock.instant());
	}

	/** Those of these keys that hold now. */
	@Transactional(readOnly = true)
	public Map<Fingerprint, Toleration> current(Collection<Fingerprint> of) {
		return this.tolerations.at(this.clock.instant(), of);
	}

	private void wakeExclusive(Set<Fingerprint> keys, Urgency urgency) {
		if (!keys.isEmpty()) {
			this.wakeUps.wake(this.tolerations.exclusiveWith(keys), Run.Trigger.CHANGE, urgency);
		}
	}

}
