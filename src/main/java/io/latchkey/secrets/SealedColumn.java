package io.latchkey.secrets;

/**
 * A column whose values are sealed: a bean of the room whose table it is. Each value is
 * the Base64 of what {@link SecretVault#seal} made for the context of table, column and
 * row, joined by colons. A rotation finds the values by it.
 *
 * @param key the column by which the rows are told apart
 * @param row the SQL of what names the row in the context
 */
public record SealedColumn(String table, String column, String key, String row) {

	public SealedColumn(String table, String column) {
		this(table, column, "id", "id");
	}

	/** As it stands before the row in the context. */
	String place() {
		return this.table + ":" + this.column + ":";
	}

}
