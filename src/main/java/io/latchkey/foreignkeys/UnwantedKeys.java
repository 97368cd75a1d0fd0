package io.latchkey.foreignkeys;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.core.CurrentActor;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.desired.ConfirmationNeededException;
import io.latchkey.desired.RemovalPreview;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.ForeignLine;
import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.Urgency;
import io.latchkey.nodestate.WakeUps;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Foreign keys that are to go, each from where it was seen when that was confirmed. The
 * nodes' runs take them off, in every mode that writes, and store each line before; what
 * is wanted stays wanted until a run has seen the key gone.
 */
@Service
@Transactional
public class UnwantedKeys {

	private final UnwantedKeyRepository keys;

	private final ForeignLosses losses;

	private final Nodes nodes;

	private final TolerationRepository tolerations;

	private final WakeUps wakeUps;

	private final CurrentActor actor;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	UnwantedKeys(UnwantedKeyRepository keys, ForeignLosses losses, Nodes nodes, TolerationRepository tolerations,
			WakeUps wakeUps, CurrentActor actor, ApplicationEventPublisher events, Clock clock) {
		this.keys = keys;
		this.losses = losses;
		this.nodes = nodes;
		this.tolerations = tolerations;
		this.wakeUps = wakeUps;
		this.actor = actor;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Wants these keys gone from every account where they stand as foreign lines. They
	 * are tolerated no more.
	 * @param confirmed the digest of the preview that was confirmed, or null
	 * @throws ConfirmationNeededException when nothing was done, because just that was
	 * not confirmed
	 * @throws InvalidInputException when one of the keys is foreign nowhere
	 */
	public void remove(Collection<Fingerprint> unwanted, @Nullable String confirmed) {
		List<ForeignLine> lines = this.losses.linesWith(unwanted);
		Map<Fingerprint, List<ForeignLine>> byKey = lines.stream()
			.collect(Collectors.groupingBy(ForeignLine::fingerprint));
		unwanted.stream().filter((key) -> !byKey.containsKey(key)).findFirst().ifPresent((key) -> {
			throw new InvalidInputException(Fault.of("fingerprints", "adoption.unknown", key.value()));
		});
		RemovalPreview preview = this.losses.preview(lines);
		if (!preview.digest().equals(confirmed)) {
			throw new ConfirmationNeededException(preview);
		}
		remove(lines);
		byKey.keySet().forEach(this.tolerations::delete);
	}

	/**
	 * The same of these lines alone, which were confirmed; the keys are tolerated
	 * elsewhere as before.
	 */
	public void remove(List<ForeignLine> lines) {
		// The nodes first, as the end of a run locks them.
		this.wakeUps.wake(lines.stream().map(ForeignLine::node).collect(Collectors.toSet()), Run.Trigger.CHANGE,
				Urgency.REMOVAL);
		Instant now = this.clock.instant();
		Map<NodeId, String> names = this.losses.namesOf(lines);
		Map<Fingerprint, List<ForeignLine>> byKey = lines.stream()
			.collect(Collectors.groupingBy(ForeignLine::fingerprint));
		byKey.forEach((key, places) -> {
			places.forEach((place) -> this.keys.add(place.node(), place.account(), key, this.actor.get().name(), now));
			this.events.publishEvent(new ForeignKeyUnwanted(key,
					places.stream()
						.map((place) -> names.getOrDefault(place.node(), "") + " " + place.account())
						.distinct()
						.toList()));
		});
	}

	/**
	 * Lets these keys stand where they still stand.
	 */
	public void callOff(Collection<Fingerprint> wanted) {
		ForeignLosses.refuseTooMany(wanted);
		Set<NodeId> nodes = wanted.isEmpty() ? Set.of() : this.keys.nodesWith(wanted);
		this.wakeUps.wake(nodes, Run.Trigger.CHANGE, Urgency.CHECK);
		wanted.stream().distinct().forEach((key) -> {
			int places = this.keys.removeAll(key);
			if (places > 0) {
				this.events.publishEvent(new ForeignKeyWantedAgain(key, places));
			}
		});
	}

	/** The nodes with one of these keys where nothing is written, by name. */
	@Transactional(readOnly = true)
	public List<String> observedWith(Collection<Fingerprint> unwanted) {
		return this.nodes.all(this.losses.linesWith(unwanted).stream().map(ForeignLine::node).distinct().toList())
			.stream()
			.filter((node) -> node.management().mode() == Mode.OBSERVE)
			.map(Node::name)
			.sorted()
			.toList();
	}

	/** Those that were not seen gone yet, by node and account. */
	@Transactional(readOnly = true)
	public List<UnwantedKey> open() {
		return this.keys.all();
	}

	/** Those of these keys that were not seen gone yet. */
	@Transactional(readOnly = true)
	public List<UnwantedKey> open(Collection<Fingerprint> of) {
		return this.keys.of(of);
	}

}
