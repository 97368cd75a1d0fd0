package io.latchkey.foreignkeys;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.latchkey.identity.HeldKeys;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.ForeignLine;
import io.latchkey.openssh.AuthorizedKeysFile.KeyLine;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Puts foreign keys together from the lines in which they stand: whose they are, where,
 * and what is to become of them.
 */
@Component
class ForeignKeyReader {

	private final Nodes nodes;

	private final HeldKeys heldKeys;

	private final Tolerations tolerations;

	private final UnwantedKeys unwanted;

	ForeignKeyReader(Nodes nodes, HeldKeys heldKeys, Tolerations tolerations, UnwantedKeys unwanted) {
		this.nodes = nodes;
		this.heldKeys = heldKeys;
		this.tolerations = tolerations;
		this.unwanted = unwanted;
	}

	/** In no order. */
	Map<Fingerprint, ForeignKey> read(Collection<Fingerprint> keys, List<ForeignLine> lines) {
		Map<NodeId, String> names = this.nodes.namesOf(lines.stream().map(ForeignLine::node).distinct().toList());
		Map<Fingerprint, List<ForeignLine>> byKey = lines.stream()
			.filter((line) -> names.containsKey(line.node()) && Line.observed(line.line()) instanceof KeyLine)
			.collect(Collectors.groupingBy(ForeignLine::fingerprint));
		Map<Fingerprint, String> owners = this.heldKeys.ownersOf(keys);
		Map<Fingerprint, Toleration> tolerated = this.tolerations.current(keys);
		Map<Standing, ForeignKey.Removal> removals = this.unwanted.open(keys)
			.stream()
			.collect(Collectors.toMap((key) -> new Standing(key.node(), key.account(), key.fingerprint()),
					ForeignKey.Removal::of));
		return byKey.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (of) -> foreignKey(of.getValue(), names, removals,
					owners.get(of.getKey()), tolerated.get(of.getKey()))));
	}

	private static ForeignKey foreignKey(List<ForeignLine> lines, Map<NodeId, String> names,
			Map<Standing, ForeignKey.Removal> removals, @Nullable String owner, @Nullable Toleration tolerated) {
		List<KeyLine> keyLines = lines.stream().map(ForeignKeyReader::keyLine).toList();
		String comment = keyLines.stream()
			.map(KeyLine::comment)
			.filter((text) -> !text.isBlank())
			.findFirst()
			.orElse("");
		List<ForeignKey.Place> places = lines.stream()
			.map((line) -> place(line, names.getOrDefault(line.node(), ""), removals))
			.sorted(Comparator.comparing(ForeignKey.Place::node).thenComparing(ForeignKey.Place::account))
			.toList();
		return new ForeignKey(keyLines.get(0).publicKey(), comment, owner, places, tolerated, places.size());
	}

	private static ForeignKey.Place place(ForeignLine line, String node, Map<Standing, ForeignKey.Removal> removals) {
		return new ForeignKey.Place(node, line.account(), line.line(), keyLine(line).options().render(),
				removals.get(new Standing(node, line.account(), line.fingerprint())));
	}

	private static KeyLine keyLine(ForeignLine line) {
		return (KeyLine) Line.observed(line.line());
	}

	/** Where a key stands. */
	private record Standing(String node, String account, Fingerprint key) {

	}

}
