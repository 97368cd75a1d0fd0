package io.latchkey.foreignkeys;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.desired.RemovalPreview;
import io.latchkey.desired.RemovalPreview.AccountLoss;
import io.latchkey.identity.HeldKeys;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.ForeignLine;
import io.latchkey.nodestate.ForeignLineRepository;
import io.latchkey.openssh.Fingerprint;

import org.springframework.stereotype.Component;

/** Says what goes when foreign lines go. A fixed number of queries. */
@Component
public class ForeignLosses {

	/** Keys that are decided at once. */
	private static final int MOST_KEYS = 1_000;

	/** Lines that are shown, and decided, at once. */
	private static final int MOST_LINES = 10_000;

	private final ForeignLineRepository lines;

	private final Nodes nodes;

	private final HeldKeys heldKeys;

	ForeignLosses(ForeignLineRepository lines, Nodes nodes, HeldKeys heldKeys) {
		this.lines = lines;
		this.nodes = nodes;
		this.heldKeys = heldKeys;
	}

	/**
	 * Where the keys stand as foreign lines, as last observed.
	 * @throws InvalidInputException when those are too many
	 */
	public List<ForeignLine> linesWith(Collection<Fingerprint> keys) {
		refuseTooMany(keys);
		if (this.lines.count(keys) > MOST_LINES) {
			throw new InvalidInputException(Fault.of("fingerprints", "foreign.lines", MOST_LINES));
		}
		return this.lines.with(keys, MOST_LINES);
	}

	/**
	 * @throws InvalidInputException when more are named than are decided at once
	 */
	static void refuseTooMany(Collection<Fingerprint> keys) {
		if (keys.size() > MOST_KEYS) {
			throw new InvalidInputException(Fault.of("fingerprints", "foreign.keys", MOST_KEYS));
		}
	}

	Map<NodeId, String> namesOf(List<ForeignLine> lines) {
		return this.nodes.namesOf(lines.stream().map(ForeignLine::node).distinct().toList());
	}

	public RemovalPreview preview(List<ForeignLine> lines) {
		Map<NodeId, String> names = namesOf(lines);
		Map<Fingerprint, String> owners = this.heldKeys
			.ownersOf(lines.stream().map(ForeignLine::fingerprint).distinct().toList());
		record Place(NodeId node, String account) {
		}
		Map<Place, List<ForeignLine>> byPlace = lines.stream()
			.collect(Collectors.groupingBy((line) -> new Place(line.node(), line.account()), LinkedHashMap::new,
					Collectors.toList()));
		return new RemovalPreview(byPlace.entrySet()
			.stream()
			.map((place) -> new AccountLoss(names.getOrDefault(place.getKey().node(), ""), place.getKey().account(),
					List.of(),
					place.getValue()
						.stream()
						.map((line) -> new RemovalPreview.Line(line.line(), owners.get(line.fingerprint())))
						.toList()))
			.toList());
	}

}
