package io.latchkey.enrolment.imports;

import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.jspecify.annotations.Nullable;

/**
 * A list with a head, parted by commas, semicolons or tabs. The columns are those of the
 * list of nodes as it is exported; those it adds to them are passed over.
 */
final class CsvNodes {

	private static final Set<String> REQUIRED = Set.of("name");

	private static final List<Character> SEPARATORS = List.of(',', ';', '\t');

	private CsvNodes() {
	}

	static ListedNodes read(String text) {
		ListedNodes listed = new ListedNodes();
		CSVFormat format = CSVFormat.RFC4180.builder()
			.setDelimiter(separatorOf(text))
			.setHeader()
			.setSkipHeaderRecord(true)
			.setIgnoreHeaderCase(true)
			.setIgnoreEmptyLines(true)
			.setTrim(true)
			.setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
			.get();
		String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
		try (CSVParser parser = CSVParser.parse(new StringReader(withoutMark), format)) {
			Set<String> columns = Set
				.copyOf(parser.getHeaderNames().stream().map((name) -> name.toLowerCase(Locale.ROOT)).toList());
			if (!columns.containsAll(REQUIRED)) {
				listed.wrong(1, "import.csv.columns", String.join(", ", parser.getHeaderNames()));
				return listed;
			}
			for (CSVRecord row : parser) {
				read(row, (int) parser.getCurrentLineNumber(), listed);
			}
		}
		catch (CSVException | IllegalArgumentException ex) {
			listed.wrong(1, "import.csv.unreadable", String.valueOf(ex.getMessage()));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (java.io.UncheckedIOException ex) {
			listed.wrong(1, "import.csv.unreadable", String.valueOf(ex.getMessage()));
		}
		return listed;
	}

	private static void read(CSVRecord row, int line, ListedNodes listed) {
		if (!row.isConsistent()) {
			listed.wrong(line, "import.csv.cells", row.size());
			return;
		}
		String name = cell(row, "name");
		if (name == null) {
			listed.wrong(line, "import.csv.name");
			return;
		}
		String address = cell(row, "address");
		listed.add(new ListedNode(line, name, (address != null) ? address : name, listed.port(line, cell(row, "port")),
				cell(row, "managementAccount"), cell(row, "privilege"), cell(row, "mode"), labels(row, line, listed),
				words(cell(row, "clusters")), cell(row, "jumpNode"), List.of()));
	}

	private static Map<String, String> labels(CSVRecord row, int line, ListedNodes listed) {
		Map<String, String> labels = new LinkedHashMap<>();
		for (String label : words(cell(row, "labels"))) {
			int equals = label.indexOf('=');
			if (equals < 1) {
				listed.wrong(line, "label.malformed", label);
			}
			else {
				labels.put(label.substring(0, equals), label.substring(equals + 1));
			}
		}
		return labels;
	}

	private static @Nullable String cell(CSVRecord row, String column) {
		String value = row.isSet(column) ? row.get(column) : null;
		return (value == null || value.isBlank()) ? null : value.strip();
	}

	private static List<String> words(@Nullable String cell) {
		return (cell == null) ? List.of()
				: Arrays.stream(cell.split("[\\s,;]+")).filter((word) -> !word.isEmpty()).toList();
	}

	/** The one that stands in the head most often. */
	private static char separatorOf(String text) {
		String head = text.lines().findFirst().orElse("");
		return SEPARATORS.stream()
			.max((one, other) -> Long.compare(count(head, one), count(head, other)))
			.filter((separator) -> count(head, separator) > 0)
			.orElse(',');
	}

	private static long count(String text, char separator) {
		return text.chars().filter((character) -> character == separator).count();
	}

}
