package io.latchkey.reconcile;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** How this module's values stand in their columns. */
final class JdbcColumns {

	private static final int LONGEST_DETAIL = 2000;

	private JdbcColumns() {
	}

	static @Nullable OffsetDateTime at(@Nullable Instant instant) {
		return (instant != null) ? instant.atOffset(ZoneOffset.UTC) : null;
	}

	static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
		return (value != null) ? value.toInstant() : null;
	}

	static Instant requiredInstant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

	static String ids(Collection<Long> ids) {
		return ids.stream().map(String::valueOf).collect(Collectors.joining(","));
	}

	static SortedSet<Long> ids(@Nullable String column) {
		if (column == null || column.isEmpty()) {
			return new TreeSet<>();
		}
		return Arrays.stream(column.split(",")).map(Long::valueOf).collect(Collectors.toCollection(TreeSet::new));
	}

	static @Nullable String detail(@Nullable String text) {
		return (text == null || text.length() <= LONGEST_DETAIL) ? text : text.substring(0, LONGEST_DETAIL);
	}

}
