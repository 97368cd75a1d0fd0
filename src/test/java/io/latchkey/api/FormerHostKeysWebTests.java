package io.latchkey.api;

import io.latchkey.SampleKeys;
import io.latchkey.api.ApiClient.Answer;
import io.latchkey.openssh.PublicKey;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A node that was deleted and added again, and shows another host key now. */
@ApiTest
class FormerHostKeysWebTests {

	@Autowired
	private ApiClient api;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void areReplacedByAnAdminOnly() throws Exception {
		PublicKey before = PublicKey.parse(SampleKeys.ed25519());
		String now = SampleKeys.ed25519();
		add();
		this.jdbc.sql("""
				insert into node_host_key (node_id, fingerprint, public_key)
				select id, ?, ? from node where name = 'former1'""")
			.params(before.fingerprint().value(), before.render())
			.update();
		assertThat(this.api.delete("/nodes/former1").status()).isEqualTo(204);
		add();
		this.jdbc.sql("""
				insert into host_key_scan (node_id, scanned_at, public_keys)
				select id, current_timestamp, ? from node where name = 'former1'""").param(now).update();
		String operator = this.api.post("/tokens", "{\"name\": \"former\", \"role\": \"OPERATOR\"}").text("/token");
		String confirm = "{\"list\": \"%s\"}".formatted(now);
		Answer refused = this.api.post("/enrolment/confirm", confirm, "Authorization", "Bearer " + operator);
		assertThat(refused.status()).isEqualTo(403);
		assertThat(refused.problem()).isEqualTo("/problems/former-host-keys");
		assertThat(refused.text("/detail")).contains("former1", "192.0.2.77", before.fingerprint().value(), "ADMIN");
		Answer candidates = this.api.get("/enrolment/candidates");
		assertThat(candidates.body().toString()).contains("\"formerHostKeys\":[{\"node\":\"former1\"",
				before.fingerprint().value());
		assertThat(this.api.post("/enrolment/confirm", confirm).body().at("/pinned").asInt()).isEqualTo(1);
		assertThat(this.api.get("/audit?subject=node:former1&action=node.removed").text("/items/0/detail"))
			.isEqualTo(before.fingerprint().value());
	}

	private void add() {
		Answer added = this.api.post("/nodes",
				"{\"name\": \"former1\", \"address\": \"192.0.2.77\", \"managementAccount\": \"root\", "
						+ "\"privilege\": \"ROOT\"}");
		assertThat(added.status()).as(added.response().body()).isEqualTo(201);
	}

}
