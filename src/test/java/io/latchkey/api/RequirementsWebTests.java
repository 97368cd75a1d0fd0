package io.latchkey.api;

import java.time.Duration;
import java.util.UUID;

import io.latchkey.Patience;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A caller that needs a login to be there, or gone, can tell by the status. */
@ApiTest
class RequirementsWebTests {

	@Autowired
	private ApiClient api;

	@Autowired
	private JdbcClient jdbc;

	private final String name = "require-" + UUID.randomUUID();

	@BeforeEach
	void somebodyAndANode() {
		assertThat(
				this.api.post("/identities", "{\"name\": \"%s\", \"kind\": \"SERVICE\"}".formatted(this.name)).status())
			.isEqualTo(201);
		assertThat(
				this.api.post("/nodes", "{\"name\": \"%s\", \"address\": \"192.0.2.7\"}".formatted(this.name)).status())
			.isEqualTo(201);
	}

	@Test
	void aGrantThatIsNotInPlaceInTimeIsAProblemAndStands() {
		String key = UUID.randomUUID().toString();
		ApiClient.Answer answer = this.api.post("/grants?wait=PT0.1S&require=in-place", grant(), "Idempotency-Key",
				key);
		assertThat(answer.status()).as(answer.response().body()).isEqualTo(424);
		assertThat(answer.problem()).isEqualTo("/problems/not-in-place");
		assertThat(answer.body().at("/delivery/pending").asInt()).isOne();
		assertThat(answer.body().at("/delivery/nodes/0/node").asString()).isEqualTo(this.name);
		String location = answer.header("Location");
		assertThat(location).isEqualTo("/api/v1/grants/" + answer.body().at("/grant").asLong());
		assertThat(this.api.get(location.substring("/api/v1".length())).text("/status")).isEqualTo("ACTIVE");
		ApiClient.Answer again = this.api.post("/grants?wait=PT0.1S&require=in-place", grant(), "Idempotency-Key", key);
		assertThat(again.status()).isEqualTo(424);
		assertThat(again.header("Location")).isEqualTo(location);
	}

	@Test
	void aLoginThatIsNotGoneInTimeIsAProblemAndIsRevoked() {
		long id = this.api.post("/grants", grant()).body().at("/id").asLong();
		assertThat(this.api
			.patch("/grants/" + id + "?wait=PT0S&require=in-place", "{\"expiresAt\": \"2050-01-01T00:00:00Z\"}")
			.status()).isEqualTo(424);
		assertThat(this.api.get("/grants/" + id).text("/expiresAt")).isEqualTo("2050-01-01T00:00:00Z");
		ApiClient.Answer still = this.api.delete("/grants/" + id + "?wait=PT0S&require=gone");
		assertThat(still.status()).isEqualTo(424);
		assertThat(still.problem()).isEqualTo("/problems/not-gone");
		assertThat(this.api.get("/grants/" + id).text("/status")).isEqualTo("REVOKED");
		this.jdbc.sql("update grant_delivery set state = 'REMOVED' where grant_id = ?").param(id).update();
		assertThat(this.api.delete("/grants/" + id + "?wait=PT0S&require=gone").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource({ "require=gone&wait=PT1S, in-place", "require=&wait=PT1S, in-place", "require=in-place, wait" })
	void whatCannotBeRequiredIsRefusedAndNothingIsGranted(String query, String expected) {
		ApiClient.Answer answer = this.api.post("/grants?" + query, grant());
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body().at("/errors/0/field").asString()).isEqualTo("require");
		assertThat(answer.body().at("/errors/0/message").asString()).contains(expected);
		assertThat(this.api.get("/grants?subject=identity:" + this.name).body().at("/items").size()).isZero();
	}

	@Test
	void anAccountThatIsKnownNotToBeThereIsRefusedUnlessItIsMadeLater() {
		toldItsAccounts("root", "deployer");
		ApiClient.Answer refused = this.api.post("/grants", grant());
		assertThat(refused.status()).as(refused.response().body()).isEqualTo(422);
		assertThat(refused.body().at("/errors/0/field").asString()).isEqualTo("account");
		assertThat(refused.body().at("/errors/0/message").asString())
			.isEqualTo("There is no account deploy on: %s. There is: deployer".formatted(this.name));
		assertThat(refused.body().at("/errors/1/field").asString()).isEqualTo("accountMayBeMissing");
		assertThat(this.api.post("/grants/preview", grant()).body().at("/nodes/0/accountMissing").asBoolean()).isTrue();
		String later = grant().replace("}", ", \"accountMayBeMissing\": true}");
		assertThat(this.api.post("/grants", later).status()).isEqualTo(201);
	}

	/** As a look at a node that is well would have left it. */
	private void toldItsAccounts(String... accounts) {
		await().atMost(Patience.of(Duration.ofSeconds(30)))
			.until(() -> this.jdbc.sql("""
					select count(*) from node_state s join node n on n.id = s.node_id
					where n.name = ? and s.wanted_generation > s.attempted_generation""")
				.param(this.name)
				.query(Long.class)
				.single() == 0);
		this.jdbc.sql("""
				update node_state set state = 'IN_SYNC', last_checked_at = current_timestamp
				where node_id = (select id from node where name = ?)""").param(this.name).update();
		this.jdbc.sql("insert into account_names (node_id, names) select id, ? from node where name = ?")
			.param("\n" + String.join("\n", accounts) + "\n")
			.param(this.name)
			.update();
	}

	private String grant() {
		return "{\"subject\": \"identity:%1$s\", \"target\": \"node:%1$s\", \"account\": \"deploy\"}"
			.formatted(this.name);
	}

}
