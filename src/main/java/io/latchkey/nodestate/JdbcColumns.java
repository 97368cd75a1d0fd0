package io.latchkey.nodestate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this module's values stand in their columns. A value that cannot be read, as after
 * a return to an older version, is passed over and logged: it must not keep a run from
 * the other rows of its node, and of other nodes.
 */
public final class JdbcColumns {

	private static final Logger log = LoggerFactory.getLogger(JdbcColumns.class);

	private static final int LONGEST_DETAIL = 2000;

	private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

	private JdbcColumns() {
	}

	public static @Nullable OffsetDateTime at(@Nullable Instant instant) {
		return (instant != null) ? instant.atOffset(ZoneOffset.UTC) : null;
	}

	public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
		return (value != null) ? value.toInstant() : null;
	}

	public static Instant requiredInstant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

	/**
	 * Their ids, the last of them repeated until they are a power of two: a statement
	 * with another number of them is another to the database, which has to parse it.
	 */
	public static List<Long> padded(Collection<NodeId> nodes) {
		List<Long> ids = new ArrayList<>(nodes.stream().map(NodeId::value).toList());
		while (Integer.bitCount(ids.size()) > 1) {
			ids.add(ids.get(ids.size() - 1));
		}
		return ids;
	}

	public static String ids(Collection<Long> ids) {
		return ids.stream().map(String::valueOf).collect(Collectors.joining(","));
	}

	public static SortedSet<Long> ids(@Nullable String column) {
		if (column == null || column.isEmpty()) {
			return new TreeSet<>();
		}
		return Arrays.stream(column.split(","))
			.filter((id) -> DIGITS.matcher(id).matches())
			.map(Long::valueOf)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/** Nothing for a column that is null or holds no fingerprint. */
	public static Optional<Fingerprint> fingerprint(ResultSet row) throws SQLException {
		String text = row.getString("fingerprint");
		if (text == null) {
			return Optional.empty();
		}
		Optional<Fingerprint> found = Fingerprint.find(text);
		if (found.isEmpty()) {
			log.error("A stored fingerprint is none, and its row is passed over: {}", text);
		}
		return found;
	}

	/** The constant that a column names; the other where it names none. */
	public static <E extends Enum<E>> E constant(ResultSet row, String column, E otherwise) throws SQLException {
		return constant(row, column, otherwise.getDeclaringClass()).orElse(otherwise);
	}

	/** Nothing where it names none, which is logged. */
	public static <E extends Enum<E>> Optional<E> constant(ResultSet row, String column, Class<E> type)
			throws SQLException {
		String name = row.getString(column);
		for (E constant : type.getEnumConstants()) {
			if (constant.name().equals(name)) {
				return Optional.of(constant);
			}
		}
		log.error("The column {} names no {} that is known: {}", column, type.getSimpleName(), name);
		return Optional.empty();
	}

	/** What has room in the column of a detail. */
	public static @Nullable String detail(@Nullable String text) {
		return (text != null) ? text(text, LONGEST_DETAIL) : null;
	}

	/**
	 * What of a text has room in a column of that length. PostgreSQL keeps no NUL; what
	 * is shown shows a stand-in.
	 */
	public static String text(String text, int longest) {
		int end = Math.min(text.length(), longest);
		boolean parted = end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
		return text.substring(0, parted ? end - 1 : end).replace('\0', '\u2400');
	}

}
