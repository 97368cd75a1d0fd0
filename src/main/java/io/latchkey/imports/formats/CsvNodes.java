package io.latchkey.imports.formats;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A list with a head (RFC 4180), parted by commas, semicolons or tabs, or by what a first
 * line {@code sep=;} says, as some spreadsheets write and read it. The columns are those
 * of the list of nodes as it is exported.
 */
final class CsvNodes {

	private static final List<Character> SEPARATORS = List.of(',', ';', '\t');

	private static final String SEPARATOR = "sep=";

	/** Cells of a row, and where it begins. */
	public record Line(int line, List<String> cells) {

	}

	private final ListedNodes listed;

	private final Map<CsvColumn, Integer> columns = new EnumMap<>(CsvColumn.class);

	private int width;

	private CsvNodes(ListedNodes listed) {
		this.listed = listed;
	}

	static void read(List<String> lines, ListedNodes listed) {
		boolean named = isSeparatorLine(lines);
		char separator = named ? lines.get(0).charAt(SEPARATOR.length()) : separatorOf(head(lines));
		String text = String.join("\n", named ? lines.subList(1, lines.size()) : lines);
		CsvNodes nodes = new CsvNodes(listed);
		CSVFormat format = CSVFormat.RFC4180.builder()
			.setDelimiter(separator)
			.setIgnoreEmptyLines(true)
			.setTrim(true)
			.get();
		try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
			nodes.read(parser, text, named ? 2 : 1);
		}
		catch (UncheckedIOException | CSVException ex) {
			listed.refuse(1, "import.csv.unreadable", String.valueOf(ex.getMessage()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Whether the first line names what parts the cells. */
	static boolean isSeparatorLine(List<String> lines) {
		return !lines.isEmpty() && lines.get(0).toLowerCase(Locale.ROOT).startsWith(SEPARATOR)
				&& lines.get(0).stripTrailing().length() <= SEPARATOR.length() + 1
				&& lines.get(0).length() > SEPARATOR.length() && lines.get(0).charAt(SEPARATOR.length()) != '"';
	}

	/** The cells of a head, without regard to quotes. */
	static List<String> heads(String line) {
		List<String> heads = new ArrayList<>();
		for (String cell : line.split(String.valueOf(separatorOf(line)), -1)) {
			heads.add(cell.replace("\"", "").strip());
		}
		return heads;
	}

	private static String head(List<String> lines) {
		return lines.stream().filter((line) -> !line.isBlank()).findFirst().orElse("");
	}

	private void read(CSVParser parser, String text, int firstLine) {
		int line = firstLine;
		int counted = 0;
		boolean head = true;
		for (CSVRecord row : parser) {
			int begin = (int) row.getCharacterPosition();
			for (; counted < begin || (counted < text.length() && text.charAt(counted) == '\n'); counted++) {
				line += (text.charAt(counted) == '\n') ? 1 : 0;
			}
			Line cells = new Line(line, row.toList());
			if (head && !readHead(cells)) {
				return;
			}
			if (!head) {
				read(cells);
			}
			head = false;
		}
	}

	private boolean readHead(Line head) {
		this.width = head.cells().size();
		for (int i = 0; i < this.width; i++) {
			String text = head.cells().get(i);
			CsvColumn column = CsvColumn.of(text).orElse(null);
			if (column == null) {
				if (!CsvColumn.isReported(text)) {
					this.listed.passOver(head.line(), "import.csv.column", text);
				}
			}
			else if (this.columns.putIfAbsent(column, i) != null) {
				this.listed.refuse(head.line(), "import.csv.twice", text);
			}
		}
		Integer host = this.columns.remove(CsvColumn.HOST);
		if (host != null && this.columns.putIfAbsent(CsvColumn.NAME, host) != null
				&& this.columns.putIfAbsent(CsvColumn.ADDRESS, host) != null) {
			this.listed.passOver(head.line(), "import.csv.column", head.cells().get(host));
		}
		if (!this.columns.containsKey(CsvColumn.NAME)) {
			this.listed.refuse(head.line(), "import.csv.columns", String.join(", ", head.cells()));
		}
		return !this.listed.isRefused();
	}

	private void read(Line row) {
		int line = row.line();
		if (row.cells().size() != this.width) {
			this.listed.wrong(line, "import.csv.cells", row.cells().size());
			return;
		}
		String name = cell(row, CsvColumn.NAME);
		if (name == null) {
			this.listed.wrong(line, "import.csv.name");
			return;
		}
		String address = cell(row, CsvColumn.ADDRESS);
		this.listed.add(new ListedNode(line, name, (address != null) ? address : name,
				this.listed.port(line, cell(row, CsvColumn.PORT)),
				new ListedNode.Management(cell(row, CsvColumn.ACCOUNT), cell(row, CsvColumn.PRIVILEGE),
						cell(row, CsvColumn.MODE)),
				labels(row), words(cell(row, CsvColumn.CLUSTERS)), jumps(row), List.of()));
	}

	private List<Jump> jumps(Line row) {
		String jumps = cell(row, CsvColumn.JUMP_NODE);
		if (jumps == null || jumps.equalsIgnoreCase("none")) {
			return List.of();
		}
		return Jump.parseAll(jumps).orElseGet(() -> {
			this.listed.wrong(row.line(), "import.jump", jumps);
			return List.of();
		});
	}

	private Map<String, String> labels(Line row) {
		Map<String, String> labels = new LinkedHashMap<>();
		for (String label : words(cell(row, CsvColumn.LABELS))) {
			int equals = label.indexOf('=');
			if (equals < 1) {
				this.listed.wrong(row.line(), "label.malformed", label);
			}
			else {
				labels.put(label.substring(0, equals), label.substring(equals + 1));
			}
		}
		return labels;
	}

	private @Nullable String cell(Line row, CsvColumn column) {
		Integer index = this.columns.get(column);
		String value = (index == null) ? "" : row.cells().get(index).strip();
		return value.isEmpty() ? null : value;
	}

	private static List<String> words(@Nullable String cell) {
		return (cell == null) ? List.of()
				: List.of(cell.split("[\\s,;]+")).stream().filter((word) -> !word.isEmpty()).toList();
	}

	/** The one that stands in the head most often. */
	private static char separatorOf(String head) {
		return SEPARATORS.stream()
			.max((one, other) -> Long.compare(count(head, one), count(head, other)))
			.filter((separator) -> count(head, separator) > 0)
			.orElse(',');
	}

	private static long count(String text, char separator) {
		return text.chars().filter((character) -> character == separator).count();
	}

}
