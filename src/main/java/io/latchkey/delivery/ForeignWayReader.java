package io.latchkey.delivery;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.ForeignLine;
import io.latchkey.nodestate.ForeignLineRepository;
import io.latchkey.openssh.Fingerprint;

import org.springframework.stereotype.Component;

/**
 * What lets an identity in by lines that Latchkey did not write.
 */
@Component
public class ForeignWayReader {

	private final ForeignLineRepository foreignLines;

	private final Nodes nodes;

	ForeignWayReader(ForeignLineRepository foreignLines, Nodes nodes) {
		this.foreignLines = foreignLines;
		this.nodes = nodes;
	}

	/** The lines with these keys that Latchkey did not write, whatever is granted. */
	public List<WayOnNodes> of(String identity, Collection<Fingerprint> keys) {
		record Way(Fingerprint key, String account) {
		}
		List<ForeignLine> lines = this.foreignLines.standing(keys);
		Map<NodeId, String> names = this.nodes.namesOf(lines.stream().map(ForeignLine::node).distinct().toList());
		Map<Way, TreeSet<String>> nodesOf = new LinkedHashMap<>();
		lines.forEach(
				(line) -> nodesOf.computeIfAbsent(new Way(line.fingerprint(), line.account()), (way) -> new TreeSet<>())
					.add(names.getOrDefault(line.node(), "")));
		return nodesOf.entrySet()
			.stream()
			.map((each) -> new WayOnNodes(OtherWay.by(each.getKey().key(), identity), each.getKey().account(),
					List.copyOf(each.getValue())))
			.toList();
	}

}
