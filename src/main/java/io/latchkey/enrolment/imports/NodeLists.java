package io.latchkey.enrolment.imports;

import java.util.List;
import java.util.regex.Pattern;

import io.latchkey.enrolment.ImportFormat;

/**
 * Reads lists of nodes in each of the formats, and tells which one a text is in.
 */
public final class NodeLists {

	private static final Pattern SECTION = Pattern.compile("\\[[^\\]\\s,]+\\]");

	private static final Pattern HOST = Pattern.compile("(?i)host[\\s=].*");

	private static final Pattern YAML = Pattern.compile("(---.*|[A-Za-z0-9_.-]+:\\s*(#.*)?)");

	private static final Pattern KNOWN_HOST = Pattern.compile("\\S+\\s+(ssh-|ecdsa-|sk-)\\S+\\s+AAAA\\S+.*|@.*");

	private static final Pattern CSV = Pattern.compile("(?i).*\\bname\\b.*[,;\\t].*|.*[,;\\t].*\\bname\\b.*");

	private NodeLists() {
	}

	public static ListedNodes read(String text, ImportFormat format) {
		return switch (format) {
			case CSV -> CsvNodes.read(text);
			case SSH_CONFIG -> SshConfigNodes.read(text);
			case KNOWN_HOSTS -> KnownHostsNodes.read(text);
			case ANSIBLE_INI -> AnsibleIni.read(text).listed();
			case ANSIBLE_YAML -> AnsibleYaml.read(text).listed();
		};
	}

	/** What the text looks like; bare names are an inventory as well. */
	public static ImportFormat formatOf(String text) {
		List<String> lines = text.lines()
			.map(String::strip)
			.filter((line) -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith(";"))
			.toList();
		if (lines.isEmpty()) {
			return ImportFormat.ANSIBLE_INI;
		}
		String first = lines.get(0);
		if (YAML.matcher(first).matches()) {
			return ImportFormat.ANSIBLE_YAML;
		}
		if (lines.stream().anyMatch((line) -> SECTION.matcher(line).matches())) {
			return ImportFormat.ANSIBLE_INI;
		}
		if (KNOWN_HOST.matcher(first).matches()) {
			return ImportFormat.KNOWN_HOSTS;
		}
		if (CSV.matcher(first).matches()) {
			return ImportFormat.CSV;
		}
		return lines.stream().anyMatch((line) -> HOST.matcher(line).matches()) ? ImportFormat.SSH_CONFIG
				: ImportFormat.ANSIBLE_INI;
	}

}
