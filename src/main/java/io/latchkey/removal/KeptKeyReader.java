package io.latchkey.removal;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.desired.RemovalPreview.AccountLoss;
import io.latchkey.identity.HeldKeys;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityId;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.ForeignLine;
import io.latchkey.nodestate.ForeignLineRepository;
import io.latchkey.openssh.Fingerprint;

import org.springframework.stereotype.Component;

/**
 * Reads which keys of those who lose a line go on standing there in lines that Latchkey
 * did not write.
 */
@Component
class KeptKeyReader {

	private final ForeignLineRepository foreignLines;

	private final Identities identities;

	private final HeldKeys heldKeys;

	private final Nodes nodes;

	KeptKeyReader(ForeignLineRepository foreignLines, Identities identities, HeldKeys heldKeys, Nodes nodes) {
		this.foreignLines = foreignLines;
		this.identities = identities;
		this.heldKeys = heldKeys;
		this.nodes = nodes;
	}

	/**
	 * These losses, with the keys of those who lose a line that stand in foreign lines
	 * there.
	 */
	List<AccountLoss> with(List<AccountLoss> losses) {
		Map<IdentityId, String> names = new HashMap<>();
		this.identities
			.idsByName(losses.stream()
				.flatMap((loss) -> loss.remove().stream())
				.flatMap((line) -> Stream.ofNullable(line.identity()))
				.collect(Collectors.toSet()))
			.forEach((name, id) -> names.put(id, name));
		Map<Fingerprint, IdentityId> keys = this.heldKeys.holdersOfKeysOf(names.keySet());
		List<ForeignLine> foreign = this.foreignLines.standing(keys.keySet());
		Map<NodeId, String> nodes = this.nodes.namesOf(foreign.stream().map(ForeignLine::node).distinct().toList());
		Map<Place, Set<Fingerprint>> standing = new HashMap<>();
		foreign.forEach(
				(line) -> standing
					.computeIfAbsent(
							new Place(nodes.getOrDefault(line.node(), ""), line.account(),
									names.getOrDefault(keys.get(line.fingerprint()), "")),
							(place) -> new LinkedHashSet<>())
					.add(line.fingerprint()));
		return losses.stream()
			.map((loss) -> new AccountLoss(loss.node(), loss.account(), loss.add(), loss.remove()
				.stream()
				.map((line) -> (line.identity() != null) ? line
					.with(standing.getOrDefault(new Place(loss.node(), loss.account(), line.identity()), Set.of()))
						: line)
				.toList()))
			.toList();
	}

	private record Place(String node, String account, String identity) {

	}

}
