package io.latchkey.imports.formats;

import java.util.List;
import java.util.Optional;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.imports.ImportFormat;

/**
 * Reads lists of nodes in each of the formats, and tells which one a text is in.
 */
public final class NodeLists {

	private static final char MARK = '\uFEFF';

	private NodeLists() {
	}

	/**
	 * A list that is wrong in the format and looks like another one is refused as a
	 * whole.
	 */
	public static ListedNodes read(String text, ImportFormat format, Deadline deadline) {
		ListedNodes listed = readAs(text, format, deadline);
		if (listed.wrong().isEmpty() && !listed.nodes().isEmpty()) {
			return listed;
		}
		Optional<ImportFormat> other = ListFormat.of(lines(text)).filter((likely) -> likely != format);
		if (other.isEmpty()) {
			return listed;
		}
		ListedNodes refused = new ListedNodes(deadline);
		refused.refuse(1, "import.other-format." + other.get(), format.name());
		return refused;
	}

	private static ListedNodes readAs(String text, ImportFormat format, Deadline deadline) {
		ListedNodes listed = new ListedNodes(deadline);
		List<String> lines = lines(text);
		for (int i = 0; i < lines.size(); i++) {
			if (lines.get(i).chars().anyMatch(NodeLists::isNoText)) {
				listed.refuse(i + 1, "import.control");
				return listed;
			}
		}
		switch (format) {
			case CSV -> CsvNodes.read(lines, listed);
			case SSH_CONFIG -> SshConfigNodes.read(lines, listed);
			case KNOWN_HOSTS -> KnownHostsNodes.read(lines, listed);
			case ANSIBLE_INI -> AnsibleIni.read(lines, listed);
			case ANSIBLE_YAML -> AnsibleYaml.read(String.join("\n", lines), listed);
			case ANSIBLE_JSON -> AnsibleJson.read(String.join("\n", lines), listed);
		}
		return listed;
	}

	/** Programs differ in whether a line ends at one of these, and none shows them. */
	private static boolean isNoText(int next) {
		return (Character.isISOControl(next) && next != '\t') || next == '\u2028' || next == '\u2029' || next == MARK;
	}

	/**
	 * What the text looks like.
	 * @throws InvalidInputException when it looks like none of them
	 */
	public static ImportFormat formatOf(String text) {
		return ListFormat.of(lines(text))
			.orElseThrow(() -> new InvalidInputException(Fault.of("text", "import.format")));
	}

	/** Some programs begin a text with a mark that tells its encoding. */
	private static List<String> lines(String text) {
		return ((!text.isEmpty() && text.charAt(0) == MARK) ? text.substring(1) : text).lines().toList();
	}

}
