package io.latchkey.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

import io.latchkey.core.Actor;
import io.latchkey.secrets.Signature;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks an export of the trail, without a database and without a secret.
 */
public final class ExportVerification {

	private static final int LONGEST_LINE = 1 << 20;

	private final JsonMapper mapper = new JsonMapper();

	private ChainLink link = ChainLink.START;

	private @Nullable Result anchored;

	private ExportVerification() {
	}

	/**
	 * @param export JSON lines, as {@link RecordExport} writes them
	 */
	public static Result of(BufferedReader export) throws IOException {
		return new ExportVerification().verify(export);
	}

	private Result verify(BufferedReader export) throws IOException {
		for (String line = read(export); line != null; line = read(export)) {
			if (this.anchored != null) {
				return broken("There is something after the anchor");
			}
			String fault = take(line);
			if (fault != null) {
				return broken(fault);
			}
		}
		return (this.anchored != null) ? this.anchored : broken("The anchor is missing: the export is not complete");
	}

	private @Nullable String take(String line) {
		try {
			JsonNode fields = this.mapper.readTree(line);
			return fields.has("anchor") ? anchor(fields) : record(fields);
		}
		catch (JacksonException | DateTimeException | IllegalArgumentException ex) {
			return "The line after record %d is not one of an export".formatted(this.link.sequence());
		}
	}

	private @Nullable String record(JsonNode fields) {
		ChainLink next = this.link.next(new Entry(Instant.parse(text(fields, "at")),
				new Actor(text(fields, "actor"), Actor.Via.valueOf(text(fields, "via"))), text(fields, "action"),
				text(fields, "subject"), text(fields, "detail")));
		if (fields.path("sequence").asLong(-1) != next.sequence() || !text(fields, "hash").equals(next.hash())) {
			return "Record %d was changed, is missing, or was added".formatted(next.sequence());
		}
		this.link = next;
		return null;
	}

	private @Nullable String anchor(JsonNode fields) {
		ChainLink end = new ChainLink(fields.path("anchor").asLong(-1), text(fields, "hash"));
		if (!end.equals(this.link)) {
			return "The anchor is of record %d, and the last one here is %d".formatted(end.sequence(),
					this.link.sequence());
		}
		Signature signature = new Signature(text(fields, "key"), text(fields, "signature"));
		if (!signature.verifies(RecordExport.signed(end, text(fields, "at")))) {
			return "The signature of the anchor does not fit";
		}
		this.anchored = new Result(end.sequence(), signature.publicKey(), Instant.parse(text(fields, "at")), null);
		return null;
	}

	private Result broken(String fault) {
		return new Result(this.link.sequence(), null, null, fault);
	}

	private static String text(JsonNode fields, String name) {
		return fields.path(name).asString("");
	}

	private static @Nullable String read(BufferedReader export) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int character = export.read(); character != '\n'; character = export.read()) {
			if (character < 0) {
				return line.isEmpty() ? null : line.toString();
			}
			if (line.length() == LONGEST_LINE) {
				throw new IOException("A line has more than %d characters".formatted(LONGEST_LINE));
			}
			line.append((char) character);
		}
		return line.toString();
	}

	/**
	 * What the check came to.
	 *
	 * @param records how many are proved to follow each other
	 * @param key the public key that signed the anchor, where all is well
	 * @param at when it was signed
	 * @param fault what is wrong, or null
	 */
	public record Result(long records, @Nullable String key, @Nullable Instant at, @Nullable String fault) {

	}

}
