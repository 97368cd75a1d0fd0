package io.latchkey.api;

import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A token can have so many answers kept, and has the others without a key. */
@ApiTest
class KeptAnswersWebTests {

	@Autowired
	private ApiClient api;

	@Autowired
	private JdbcClient jdbc;

	@AfterEach
	void clear() {
		this.jdbc.sql("delete from idempotent_answer").update();
	}

	/** A token's text would let in whoever reads the database and its key. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/tokens           | name    | {"name": "kept-token", "role": "AUDITOR"}
			/enrolment/tokens | purpose | {"purpose": "kept-token"}""")
	void areNoneOfThoseWithASecret(String path, String field, String body) {
		String key = UUID.randomUUID().toString();
		ApiClient.Answer made = this.api.post(path, body, "Idempotency-Key", key);
		assertThat(made.status()).as(made.response().body()).isEqualTo(201);
		assertThat(made.text("/token")).startsWith("lk");
		ApiClient.Answer again = this.api.post(path, body, "Idempotency-Key", key);
		assertThat(again.status()).isEqualTo(409);
		assertThat(again.problem()).isEqualTo("/problems/given-once");
		assertThat(again.response().body()).doesNotContain(made.text("/token"));
		assertThat(this.jdbc.sql("select answer from idempotent_answer where idempotency_key = ?")
			.param(key)
			.query(String.class)
			.single()).hasSizeLessThan(300);
		assertThat(this.api.get(path + "?size=500").body().at("/items"))
			.filteredOn((token) -> token.at("/" + field).asString("").equals("kept-token"))
			.hasSize(1);
	}

	@Test
	void areSoMany() {
		String before = UUID.randomUUID().toString();
		assertThat(this.api.post("/teams", "{\"name\": \"kept-before\"}", "Idempotency-Key", before).status())
			.isEqualTo(201);
		this.jdbc.sql("""
				insert into idempotent_answer (caller, idempotency_key, request, claimed_at)
				select caller, 'k' || x, request, claimed_at from idempotent_answer, system_range(1, 9999)
				where idempotency_key = ?""").param(before).update();
		ApiClient.Answer refused = this.api.post("/teams", "{\"name\": \"kept-after\"}", "Idempotency-Key",
				UUID.randomUUID().toString());
		assertThat(refused.status()).isEqualTo(429);
		assertThat(refused.problem()).isEqualTo("/problems/too-many-answers");
		assertThat(refused.header("Retry-After")).isNotEmpty();
		assertThat(this.api.post("/teams", "{\"name\": \"kept-before\"}", "Idempotency-Key", before).status())
			.isEqualTo(201);
		assertThat(this.api.post("/teams", "{\"name\": \"kept-after\"}").status()).isEqualTo(201);
	}

}
