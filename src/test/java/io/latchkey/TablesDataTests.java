package io.latchkey;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@DataTest
class TablesDataTests {

	@Autowired
	JdbcClient jdbc;

	@Autowired
	Tables tables;

	@Test
	void migratesAndClears() {
		this.tables.clear();
		assertThat(this.jdbc.sql("select count(*) from \"flyway_schema_history\"").query(Long.class).single())
			.isNotNegative();
	}

}
