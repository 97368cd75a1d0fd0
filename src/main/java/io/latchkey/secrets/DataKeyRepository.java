package io.latchkey.secrets;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class DataKeyRepository {

	private final JdbcClient jdbc;

	DataKeyRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	List<Row> oldestFirst() {
		return this.jdbc.sql("select number, key_id, outer_key, wrapped, made_at from secret_data_key order by number")
			.query((row, number) -> new Row(row.getInt("number"), row.getString("key_id"), row.getString("outer_key"),
					row.getString("wrapped"), row.getObject("made_at", OffsetDateTime.class).toInstant()))
			.list();
	}

	void add(WrappedKey key, Instant at) {
		this.jdbc.sql("""
				insert into secret_data_key (number, key_id, outer_key, wrapped, made_at)
				select coalesce(max(number), 0) + 1, ?, ?, ?, ? from secret_data_key""")
			.params(key.id(), key.outerKey(), key.wrapped(), at.atOffset(ZoneOffset.UTC))
			.update();
	}

	/** Unless somebody else has wrapped it anew meanwhile. */
	boolean rewrap(Row row, WrappedKey anew) {
		return this.jdbc.sql("update secret_data_key set outer_key = ?, wrapped = ? where number = ? and wrapped = ?")
			.params(anew.outerKey(), anew.wrapped(), row.number(), row.wrapped())
			.update() == 1;
	}

	/**
	 * A data key as it stands.
	 */
	record Row(int number, String keyId, String outerKey, String wrapped, Instant madeAt) {

		SymmetricKey unwrap(OuterKey outer) {
			return outer.unwrap(this.wrapped, WrappedKey.context(this.keyId));
		}

	}

}
