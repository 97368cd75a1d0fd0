package io.latchkey.secrets;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The sealed values wherever they stand. Of each, the first characters name its data key.
 */
@Repository
class SealedRows {

	/** The Base64 of the first 30 of the 32 bits of a key's id, and of what is before. */
	private static final int TELLING = 6;

	private final JdbcClient jdbc;

	SealedRows(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** How many there are, and how many of them under another data key. */
	Count count(SealedColumn column, SymmetricKey current) {
		return this.jdbc.sql("""
				select count(*) as values_in_all, coalesce(sum(case when %1$s like ? then 0 else 1 end), 0) as others
				from %2$s where %1$s is not null""".formatted(column.column(), column.table()))
			.param(pattern(current))
			.query((row, number) -> new Count(column, row.getLong(1), row.getLong(2)))
			.single();
	}

	/** Of those under another data key the next in the order of their keys. */
	List<Row> next(SealedColumn column, SymmetricKey current, @Nullable Object after, int most) {
		JdbcClient.StatementSpec statement = this.jdbc
			.sql("""
					select %1$s as row_key, %2$s as row_name, %3$s as sealed from %4$s
					where %3$s is not null and %3$s not like :current %5$s order by %1$s fetch first %6$d rows only"""
				.formatted(column.key(), column.row(), column.column(), column.table(),
						(after != null) ? "and %s > :after".formatted(column.key()) : "", most))
			.param("current", pattern(current));
		return ((after != null) ? statement.param("after", after) : statement)
			.query((row, number) -> new Row(column, row.getObject(1), row.getString(2), row.getString(3)))
			.list();
	}

	/** Unless the value was changed meanwhile. */
	boolean replace(Row row, byte[] sealed) {
		SealedColumn column = row.column();
		return this.jdbc
			.sql("update %1$s set %2$s = ? where %3$s = ? and %2$s = ?".formatted(column.table(), column.column(),
					column.key()))
			.params(Base64.getEncoder().encodeToString(sealed), row.key(), row.sealed())
			.update() == 1;
	}

	private static String pattern(SymmetricKey key) {
		byte[] prefix = ByteBuffer.allocate(5).put((byte) 1).putInt(Integer.parseUnsignedInt(key.id(), 16)).array();
		return Base64.getEncoder().encodeToString(prefix).substring(0, TELLING) + "%";
	}

	/**
	 * A sealed value.
	 */
	record Row(SealedColumn column, Object key, String name, String sealed) {

		String context() {
			return this.column.place() + this.name;
		}

		byte[] bytes() {
			return Base64.getDecoder().decode(this.sealed);
		}

	}

	/**
	 * The values of a column.
	 */
	record Count(SealedColumn column, long all, long others) {

	}

}
