package io.latchkey.pages;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.latchkey.openssh.ShownText;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * A list as a file (RFC 4180, UTF-8). A text that a spreadsheet would take for a formula
 * is quoted by an apostrophe, and what would show as something else is replaced.
 */
public final class CsvFile {

	/** The wide ones are taken for the others where such are typed. */
	private static final String FORMULA_STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

	private CsvFile() {
	}

	/** Answers with the file, to be saved under the name. */
	public static void send(HttpServletResponse response, String name, List<String> head,
			List<? extends List<? extends @Nullable Object>> rows) throws IOException {
		response.setContentType("text/csv;charset=UTF-8");
		response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
		CSVFormat format = CSVFormat.RFC4180.builder().setHeader(head.toArray(String[]::new)).get();
		try (Writer writer = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
				CSVPrinter printer = new CSVPrinter(writer, format)) {
			for (List<? extends @Nullable Object> row : rows) {
				printer.printRecord(row.stream().map(CsvFile::safe).toList());
			}
		}
	}

	private static String safe(@Nullable Object value) {
		String text = (value == null) ? "" : ShownText.of(value.toString());
		return (!text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0) ? "'" + text : text;
	}

}
