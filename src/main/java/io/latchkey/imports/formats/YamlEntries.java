package io.latchkey.imports.formats;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * What stands in the mappings of a YAML document, merge keys ({@code <<}) looked through.
 * Aliases let a short text stand for more than any memory holds, so there is an end to
 * what is looked at.
 */
final class YamlEntries {

	private static final int MOST = 500_000;

	private static final int DEEPEST_MERGE = 16;

	/** Those that Ansible has beside YAML's own. */
	private static final Set<String> TAGS = Set.of("!vault", "!vault-encrypted", "!unsafe");

	private final ListedNodes listed;

	private int seen;

	/**
	 * A value under its key.
	 *
	 * @param line of the key
	 * @param isText whether the key is a text, and no number or truth value
	 */
	public record Entry(int line, Node value, boolean isText) {

	}

	YamlEntries(ListedNodes listed) {
		this.listed = listed;
	}

	/** None where nothing stands. What stands there twice counts as it does last. */
	Map<String, Entry> of(Node node) {
		Map<String, Entry> entries = new LinkedHashMap<>();
		if (node instanceof MappingNode mapping) {
			checkTag(node);
			add(mapping, entries, 0);
		}
		else if (!isNothing(node)) {
			this.listed.wrong(line(node), "import.yaml.mapping");
		}
		return entries;
	}

	/** The same; a text alone stands for a key with nothing under it. */
	Map<String, Entry> ofSection(Node node) {
		return (node instanceof ScalarNode scalar && !isNothing(node) && scalar.getTag().equals(Tag.STR))
				? Map.of(scalar.getValue(), new Entry(line(node), new ScalarNode(Tag.NULL, "", node.getStartMark(),
						node.getEndMark(), DumperOptions.ScalarStyle.PLAIN), true))
				: of(node);
	}

	private void add(MappingNode mapping, Map<String, Entry> entries, int depth) {
		if (depth > DEEPEST_MERGE) {
			this.listed.wrong(line(mapping), "import.yaml.merge");
			return;
		}
		for (NodeTuple tuple : mapping.getValue()) {
			if (isMerge(tuple)) {
				merged(tuple.getValueNode()).forEach((source) -> add(source, entries, depth + 1));
			}
		}
		Map<String, Entry> own = new LinkedHashMap<>();
		for (NodeTuple tuple : mapping.getValue()) {
			if (isMerge(tuple) || isTooMuch(tuple)) {
				continue;
			}
			if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
				this.listed.wrong(line(tuple.getKeyNode()), "import.yaml.mapping");
				continue;
			}
			checkTag(tuple.getValueNode());
			Entry entry = new Entry(line(key), tuple.getValueNode(), key.getTag().equals(Tag.STR));
			if (own.put(key.getValue(), entry) != null) {
				this.listed.passOver(line(key), "import.yaml.twice", key.getValue());
			}
		}
		entries.putAll(own);
	}

	private static boolean isMerge(NodeTuple tuple) {
		return tuple.getKeyNode().getTag().equals(Tag.MERGE);
	}

	/** Of several the first one counts most, so it comes last. */
	private List<MappingNode> merged(Node node) {
		List<MappingNode> sources = new ArrayList<>();
		List<Node> nodes = (node instanceof SequenceNode sequence) ? sequence.getValue() : List.of(node);
		for (Node source : nodes) {
			if (source instanceof MappingNode mapping) {
				sources.add(0, mapping);
			}
			else {
				this.listed.wrong(line(node), "import.yaml.merge");
			}
		}
		return sources;
	}

	private boolean isTooMuch(NodeTuple tuple) {
		this.listed.deadline().check();
		if (++this.seen > MOST) {
			this.listed.refuse(line(tuple.getKeyNode()), "import.yaml.large", MOST);
		}
		return this.listed.isRefused();
	}

	private void checkTag(Node node) {
		String tag = node.getTag().getValue();
		if (!tag.startsWith(Tag.PREFIX) && !TAGS.contains(tag)) {
			this.listed.wrong(line(node), "import.yaml.tag", tag);
		}
	}

	private static boolean isNothing(Node node) {
		return node instanceof ScalarNode scalar && (scalar.getTag().equals(Tag.NULL) || scalar.getValue().isBlank());
	}

	static int line(Node node) {
		return node.getStartMark().getLine() + 1;
	}

}
