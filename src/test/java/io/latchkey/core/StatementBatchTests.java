package io.latchkey.core;

import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class StatementBatchTests {

	private static final String DELETE = "delete from thing where id = :id";

	private static final String INSERT = "insert into thing (id, name) values (:id, :name)";

	private final NamedParameterJdbcTemplate jdbc = new NamedParameterJdbcTemplate(
			new DriverManagerDataSource("jdbc:h2:mem:statement-batch;DB_CLOSE_DELAY=-1"));

	@Test
	void whatDeletesGoesAheadOfWhatTakesItsPlace() {
		this.jdbc.getJdbcTemplate().execute("drop table if exists thing");
		this.jdbc.getJdbcTemplate().execute("create table thing (id bigint primary key, name varchar(10))");
		this.jdbc.getJdbcTemplate().execute("insert into thing (id, name) values (2, 'old')");
		StatementBatch batch = new StatementBatch();
		batch.add(INSERT, thing(1).addValue("name", "first"));
		batch.add(DELETE, thing(2));
		batch.add(INSERT, thing(2).addValue("name", "new"));
		batch.send(this.jdbc);
		batch.send(this.jdbc);
		assertThat(this.jdbc.getJdbcTemplate().queryForList("select name from thing order by id", String.class))
			.containsExactly("first", "new");
	}

	private static MapSqlParameterSource thing(long id) {
		return new MapSqlParameterSource("id", id);
	}

}
