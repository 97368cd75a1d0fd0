package io.latchkey.imports.formats;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.latchkey.imports.ImportFormat;
import io.latchkey.openssh.SshConfigLine;
import org.jspecify.annotations.Nullable;

/**
 * What a text looks like by its first lines and by its sections.
 */
final class ListFormat {

	private static final Set<String> KEY_TYPES = Set.of("ssh-", "ecdsa-", "sk-");

	private static final Set<String> BLOCKS = Set.of("host", "match");

	private ListFormat() {
	}

	/** Nothing when it looks like none. */
	static Optional<ImportFormat> of(List<String> text) {
		List<String> lines = text.stream()
			.map(String::strip)
			.filter((line) -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith(";"))
			.toList();
		return lines.isEmpty() ? Optional.of(ImportFormat.ANSIBLE_INI) : Optional.ofNullable(formatOf(lines));
	}

	private static @Nullable ImportFormat formatOf(List<String> lines) {
		String first = lines.get(0);
		if (first.startsWith("{") && !first.startsWith("{{")) {
			return ImportFormat.ANSIBLE_JSON;
		}
		if (isYaml(first)) {
			return ImportFormat.ANSIBLE_YAML;
		}
		if (CsvNodes.isSeparatorLine(lines)) {
			return ImportFormat.CSV;
		}
		if (lines.stream().anyMatch(ListFormat::isSection)) {
			return ImportFormat.ANSIBLE_INI;
		}
		if (isKnownHost(first)) {
			return ImportFormat.KNOWN_HOSTS;
		}
		if (isSshConfig(lines)) {
			return ImportFormat.SSH_CONFIG;
		}
		if (first.equalsIgnoreCase("name") || CsvColumn.areHeads(CsvNodes.heads(first))) {
			return ImportFormat.CSV;
		}
		return lines.stream().allMatch(ListFormat::isHost) ? ImportFormat.ANSIBLE_INI : null;
	}

	/** A document's begin, a list, or a key. */
	private static boolean isYaml(String line) {
		if (line.startsWith("---") || line.startsWith("%YAML") || line.startsWith("- ")) {
			return true;
		}
		int colon = line.indexOf(':');
		if (colon < 1 || (colon + 1 < line.length() && !Character.isWhitespace(line.charAt(colon + 1)))) {
			return false;
		}
		String key = line.substring(0, colon).replace("\"", "").replace("'", "");
		return !key.isEmpty() && key.chars()
			.allMatch((next) -> Character.isLetterOrDigit(next) || next == '_' || next == '-' || next == '.');
	}

	private static boolean isSection(String line) {
		String section = AnsibleIni.sectionOf(line);
		return section != null && !section.isEmpty()
				&& section.chars().noneMatch((next) -> Character.isWhitespace(next) || next == ',' || next == '"');
	}

	private static boolean isKnownHost(String line) {
		List<String> words = List.of(line.split("\\s+", 5));
		int type = line.startsWith("@") ? 2 : 1;
		return words.size() > type + 1 && KEY_TYPES.stream().anyMatch(words.get(type)::startsWith)
				&& words.get(type + 1).startsWith("AAAA");
	}

	/** Half of its lines at least begin with a keyword, and one opens a block. */
	private static boolean isSshConfig(List<String> lines) {
		List<String> keywords = lines.stream()
			.flatMap((line) -> SshConfigLine.parse(line).stream())
			.filter((line) -> !line.rest().isEmpty())
			.map(SshConfigLine::keyword)
			.toList();
		long known = keywords.stream().filter(SshKeywords::isKeyword).count();
		return keywords.stream().anyMatch(BLOCKS::contains) && 2 * known >= lines.size();
	}

	/** A name, and variables perhaps. */
	private static boolean isHost(String line) {
		List<String> words = ShellWords.beforeComment(line);
		return words != null && !words.isEmpty() && AnsibleHostPattern.parse(words.get(0)).isPresent()
				&& words.get(0)
					.toLowerCase(Locale.ROOT)
					.chars()
					.allMatch((next) -> "[]:.-_".indexOf(next) >= 0 || (next >= 'a' && next <= 'z')
							|| (next >= '0' && next <= '9'))
				&& words.stream().skip(1).allMatch((word) -> word.indexOf('=') > 0);
	}

}
