package io.latchkey.api;

import java.util.UUID;

import io.latchkey.SampleKeys;
import io.latchkey.api.ApiClient.Answer;
import io.latchkey.openssh.PublicKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** What is refused of mends before a node is asked, and when it does not answer. */
@ApiTest
class MendsWebTests {

	private static final String MEND = "{\"account\": \"deploy\", \"digest\": \"%s\"}".formatted("a".repeat(64));

	@Autowired
	private ApiClient api;

	@Autowired
	private JdbcClient jdbc;

	private final String name = "mends-" + UUID.randomUUID();

	/** At a port where nobody listens. */
	@BeforeEach
	void addNode() {
		assertThat(this.api
			.post("/nodes", "{\"name\": \"%s\", \"address\": \"127.0.0.1\", \"port\": 1}".formatted(this.name))
			.status()).isEqualTo(201);
	}

	@Test
	void takesAnOperator() {
		String auditor = this.api.post("/tokens", "{\"name\": \"%s\", \"role\": \"AUDITOR\"}".formatted(this.name))
			.text("/token");
		Answer refused = this.api.post(mends(this.name), MEND, "Authorization", "Bearer " + auditor);
		assertThat(refused.status()).isEqualTo(403);
		assertThat(refused.problem()).isEqualTo("/problems/forbidden");
		assertThat(this.api.get(mends(this.name), "Authorization", "Bearer " + auditor).body().isEmpty()).isTrue();
	}

	@Test
	void takesANodeThatIsThereAndEnrolled() {
		assertThat(this.api.post(mends("mends-nowhere"), MEND).problem()).isEqualTo("/problems/not-found");
		assertThat(this.api.get(mends("mends-nowhere")).problem()).isEqualTo("/problems/not-found");
		Answer refused = this.api.post(mends(this.name), MEND);
		assertThat(refused.status()).isEqualTo(422);
		assertThat(refused.text("/errors/0/field")).isEqualTo("node");
	}

	@Test
	void takesAnAccountAndADigest() {
		Answer refused = this.api.post(mends(this.name), "{}");
		assertThat(refused.status()).isEqualTo(422);
		assertThat(refused.body().at("/errors").findValuesAsString("field")).containsExactly("account", "digest");
		assertThat(this.api.post(mends(this.name), MEND.replace("deploy", "a:b")).text("/errors/0/field"))
			.isEqualTo("account");
	}

	@Test
	void undoesNothingThatIsNotThere() {
		for (String id : new String[] { "1", "0", "-1", "x", "9".repeat(30) }) {
			Answer refused = this.api.post(mends(this.name) + "/" + id + "/undo", "");
			assertThat(refused.problem()).as(id).isEqualTo("/problems/not-found");
		}
	}

	@Test
	void mendsNothingWhereTheNodeDoesNotAnswer() throws Exception {
		PublicKey key = PublicKey.parse(SampleKeys.ed25519());
		this.jdbc.sql("""
				insert into node_host_key (node_id, fingerprint, public_key)
				select id, ?, ? from node where name = ?""")
			.params(key.fingerprint().value(), key.render(), this.name)
			.update();
		this.jdbc.sql("update node set enrolled = true where name = ?").param(this.name).update();
		Answer refused = this.api.post(mends(this.name), MEND);
		assertThat(refused.problem()).isEqualTo("/problems/refused");
		assertThat(this.api.get(mends(this.name)).body().isEmpty()).isTrue();
	}

	private static String mends(String node) {
		return "/nodes/" + node + "/diagnosis/mends";
	}

}
