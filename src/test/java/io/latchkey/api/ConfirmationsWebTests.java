package io.latchkey.api;

import java.util.List;
import java.util.Map;

import io.latchkey.SampleKeys;
import io.latchkey.api.ApiClient.Answer;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.PublicKey;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What asks for {@code ?confirm=}, and the way back from exclusive mode.
 */
@ApiTest
class ConfirmationsWebTests {

	@Autowired
	private ApiClient api;

	@Autowired
	private Nodes nodes;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void asksForTheDigestOfThePreview() {
		String team = teamOnANode("cfm-ask");
		Answer refused = this.api.delete("/teams/" + team);
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.problem()).isEqualTo("/problems/confirmation-needed");
		assertThat(refused.text("/detail")).contains("Lines that would go: 1", "nodes that they would go from: 1");
		assertThat(refused.text("/preview/nodes/0/node")).isEqualTo("cfm-ask-node");
		assertThat(refused.text("/preview/nodes/0/account")).isEqualTo("deploy");
		assertThat(refused.text("/preview/nodes/0/remove/0")).startsWith("ssh-ed25519 ");
		assertThat(refused.body().at("/preview/nodes/0/add").isArray()).isTrue();
		assertThat(refused.body().at("/preview/removeCount").intValue()).isEqualTo(1);
		assertThat(refused.text("/preview/identities/0")).isEqualTo("cfm-ask-person");
		assertThat(this.api.get("/teams/" + team).status()).isEqualTo(200);

		assertThat(this.api.delete("/teams/" + team + "?confirm=other").status()).isEqualTo(409);
		assertThat(this.api.delete("/teams/" + team + "?confirm=" + refused.text("/digest") + "&wait=PT1S").status())
			.isEqualTo(204);
		assertThat(this.api.get("/teams/" + team).status()).isEqualTo(404);
		assertThat(this.api.delete("/teams/" + team).status()).isEqualTo(204);
	}

	@Test
	void namesTheNodesThatAreOnlyObserved() {
		String team = teamOnANode("cfm-seen");
		assertThat(this.api.delete("/teams/" + team).body().at("/preview/observedCount").intValue()).isZero();
		this.nodes.changeMode("cfm-seen-node", Mode.OBSERVE);
		Answer refused = this.api.delete("/teams/" + team);
		assertThat(refused.body().at("/preview/observedCount").intValue()).isEqualTo(1);
		assertThat(refused.text("/preview/observed/0")).isEqualTo("cfm-seen-node");
	}

	@Test
	void asksHoweverTheAccessGoes() {
		String team = teamOnANode("cfm-ways");
		asks("PUT", "/teams/" + team, "{\"members\": []}");
		asks("PATCH", "/teams/" + team, "{\"members\": []}");
		asks("DELETE", "/teams/" + team + "/members/cfm-ways-person", null);
		asks("DELETE", "/identities/cfm-ways-person", null);
		asks("PUT", "/clusters/cfm-ways-cluster", "{\"nodes\": []}");
		asks("PATCH", "/clusters/cfm-ways-cluster", "{\"nodes\": []}");
		asks("DELETE", "/clusters/cfm-ways-cluster/nodes/cfm-ways-node", null);
		asks("DELETE", "/clusters/cfm-ways-cluster", null);
	}

	@Test
	void saysWhatStillLetsInAndClosesEveryWayOnceConfirmed() {
		String team = teamOnANode("cfm-every");
		String own = this.api.post("/grants", """
				{"subject": "identity:cfm-every-person", "target": "node:cfm-every-node", "account": "deploy"}""")
			.body()
			.at("/id")
			.toString();
		Answer revoked = this.api.delete("/grants/" + own);
		assertThat(revoked.body().at("/delivery/stillLetIn").intValue()).isEqualTo(1);
		assertThat(revoked.text("/delivery/nodes/0/stillLetIn/0/subject")).isEqualTo("team:" + team);
		assertThat(revoked.text("/delivery/nodes/0/stillLetIn/0/identities/0")).isEqualTo("cfm-every-person");

		Answer asked = this.api.delete("/grants/" + own + "?everyWay=true");
		assertThat(asked.problem()).isEqualTo("/problems/confirmation-needed");
		assertThat(asked.body().at("/preview/removeCount").intValue()).isEqualTo(1);
		assertThat(this.api.delete("/grants/" + own + "?everyWay=perhaps").status()).isEqualTo(400);
		Answer closed = this.api.delete("/grants/" + own + "?everyWay=true&confirm=" + asked.text("/digest"));
		assertThat(closed.body().at("/delivery/stillLetIn").intValue()).isZero();
		assertThat(this.api.get("/teams/" + team).body().at("/members")).isEmpty();
	}

	@Test
	void revokesSeveralGrantsOnceConfirmedAndAllOrNone() {
		teamOnANode("cfm-several");
		String grant = """
				{"subject": "identity:cfm-several-person", "target": "node:cfm-several-node", "account": "%s"}""";
		String first = this.api.post("/grants", grant.formatted("deploy")).body().at("/id").toString();
		String second = this.api.post("/grants", grant.formatted("root")).body().at("/id").toString();
		String both = "{\"grants\": [%s, %s]}".formatted(first, second);

		Answer asked = this.api.post("/grants/revoke", both);
		assertThat(asked.problem()).isEqualTo("/problems/confirmation-needed");
		assertThat(this.api.get("/grants/" + first).text("/status")).isEqualTo("ACTIVE");
		Answer other = this.api.post("/grants/revoke?confirm=" + asked.text("/digest"),
				"{\"grants\": [%s]}".formatted(first));
		assertThat(other.problem()).as("another preview was confirmed").isEqualTo("/problems/confirmation-needed");
		Answer revoked = this.api.post("/grants/revoke?confirm=" + asked.text("/digest"), both);
		assertThat(revoked.status()).isEqualTo(200);
		assertThat(revoked.body().findValuesAsString("status")).containsExactly("REVOKED", "REVOKED");

		assertThat(this.api.post("/grants/revoke", "{}").status()).isEqualTo(422);
		assertThat(this.api.post("/grants/revoke", "{\"grants\": [-1]}").status()).isEqualTo(422);
		assertThat(this.api.post("/grants/revoke", "{\"grants\": [999999]}").status()).isEqualTo(404);
	}

	@Test
	void asksBeforeAForeignKeyIsRemoved() {
		String body = "{\"fingerprints\": [\"%s\"]}".formatted(foreignKeyOn("cfm-foreign"));
		Answer refused = this.api.post("/foreign-keys/remove", body);
		assertThat(refused.problem()).isEqualTo("/problems/confirmation-needed");
		assertThat(refused.text("/preview/nodes/0/node")).isEqualTo("cfm-foreign");
		assertThat(refused.text("/preview/nodes/0/remove/0")).endsWith(" visitor");
		assertThat(this.api.post("/foreign-keys/remove?confirm=" + refused.text("/digest"), body).status())
			.isEqualTo(204);
		assertThat(this.api.get("/foreign-keys").response().body()).contains("\"removal\"");
		assertThat(this.api.post("/foreign-keys/keep", body).status()).isEqualTo(204);
		assertThat(this.api.get("/foreign-keys").response().body()).doesNotContain("\"removal\"");
		assertThat(this.api.post("/foreign-keys/remove", "{}").status()).isEqualTo(422);

		Answer exclusive = this.api.get("/nodes/cfm-foreign/exclusive-preview");
		assertThat(exclusive.text("/remove/0/comment")).isEqualTo("visitor");
		assertThat(exclusive.body().at("/fresh").booleanValue()).isFalse();
		assertThat(exclusive.body().at("/changesNothing").booleanValue()).isFalse();
		Answer asked = this.api.patch("/nodes/cfm-foreign", "{\"mode\": \"EXCLUSIVE\"}");
		assertThat(asked.text("/digest")).isEqualTo(exclusive.text("/digest"));
	}

	/** Its comment may say anything. */
	@Test
	void asksBeforeAForeignKeyGetsToAllThatAnIdentityMay() {
		teamOnANode("cfm-adopt");
		String key = foreignKeyOn("cfm-adopted");
		String body = "{\"fingerprints\": [\"%s\"], \"identity\": \"cfm-adopt-person\"}".formatted(key);
		Answer refused = this.api.post("/foreign-keys/adopt", body);
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.problem()).isEqualTo("/problems/confirmation-needed");
		assertThat(refused.text("/detail")).contains("at 1 more places on 1 nodes");
		assertThat(refused.body().at("/preview/places").toString())
			.isEqualTo("[{\"node\":\"cfm-adopt-node\",\"account\":\"deploy\"}]");
		assertThat(this.api.get("/identities/cfm-adopt-person").response().body()).doesNotContain(key);
		assertThat(this.api.post("/foreign-keys/adopt?confirm=other", body).status()).isEqualTo(409);
		Answer adopted = this.api.post("/foreign-keys/adopt?confirm=" + refused.text("/digest"), body);
		assertThat(adopted.status()).as(adopted.response().body()).isEqualTo(200);
		assertThat(this.api.get("/identities/cfm-adopt-person").response().body()).contains(key);
		assertThat(this.api.post("/foreign-keys/adopt", body).status()).as("once more").isEqualTo(200);
	}

	/** A grant is for all keys of an identity: each is let in where the other stands. */
	@Test
	void asksBeforeTwoForeignKeysBecomeOnePersons() {
		String one = foreignKeyOn("cfm-two-a");
		String other = foreignKeyOn("cfm-two-b");
		String body = "{\"fingerprints\": [\"%s\", \"%s\"], \"identity\": \"cfm-two\"}".formatted(one, other);
		Answer refused = this.api.post("/foreign-keys/adopt", body);
		assertThat(refused.body().at("/preview/placeCount").asInt()).isEqualTo(2);
		assertThat(this.api.get("/identities/cfm-two").status()).isEqualTo(404);
		assertThat(this.api.post("/foreign-keys/adopt", body.replace(", \"" + other + "\"", "")).status())
			.isEqualTo(200);
	}

	private String foreignKeyOn(String name) {
		NodeId node = this.nodes
			.create(new NodeDraft(name, "192.0.2.9", 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()))
			.id();
		PublicKey key = AuthorizedKeysFile.Line.of(SampleKeys.ed25519()).key().orElseThrow();
		this.jdbc.sql("insert into account_state (node_id, account, file, state) values (:node, 'ops', '', 'IN_SYNC')")
			.param("node", node.value())
			.update();
		this.jdbc.sql("""
				insert into account_entry (node_id, account, position, fingerprint, is_line, grant_ids, options, origin,
				status) values (:node, 'ops', 0, :fingerprint, :line, '', '', 'FOREIGN', 'EXTRA')""")
			.param("node", node.value())
			.param("fingerprint", key.fingerprint().value())
			.param("line", key.render() + " visitor")
			.update();
		return key.fingerprint().value();
	}

	@Test
	void neverAsksForWhatIsTakenAwayByName() {
		teamOnANode("cfm-name");
		assertThat(this.api.post("/identities/cfm-name-person/suspend", "{}").status()).isEqualTo(200);
		assertThat(this.api.post("/identities/cfm-name-person/resume", "{}").status()).isEqualTo(200);
		Answer grant = this.api.get("/grants?subject=team:cfm-name-team");
		assertThat(this.api.delete("/grants/" + grant.body().at("/items/0/id").asString()).status()).isEqualTo(200);
	}

	@Test
	void asksBeforeANodeBecomesExclusive() {
		NodeId node = node("cfm-excl");
		this.jdbc.sql("""
				insert into account_state (node_id, account, file, state) values (:node, 'deploy', '', 'IN_SYNC')""")
			.param("node", node.value())
			.update();
		this.jdbc.sql("""
				insert into account_entry (node_id, account, position, is_line, grant_ids, options, origin, status)
				values (:node, 'deploy', 0, 'ssh-ed25519 AAAA by hand', '', '', 'FOREIGN', 'EXTRA')""")
			.param("node", node.value())
			.update();
		Answer refused = asks("PATCH", "/nodes/cfm-excl", "{\"mode\": \"EXCLUSIVE\"}");
		assertThat(refused.text("/preview/nodes/0/remove/0")).isEqualTo("ssh-ed25519 AAAA by hand");
		asks("PUT", "/nodes/cfm-excl", "{\"address\": \"127.0.0.1\", \"port\": 1, \"mode\": \"EXCLUSIVE\"}");
		Answer done = this.api.patch("/nodes/cfm-excl?confirm=" + refused.text("/digest"), "{\"mode\": \"EXCLUSIVE\"}");
		assertThat(done.text("/mode")).isEqualTo("EXCLUSIVE");
	}

	@Test
	void restoresARemovedLineAndUndoesIt() {
		NodeId node = node("cfm-back");
		this.jdbc
			.sql("""
					insert into removed_line (node_id, account, line, bytes, fingerprint, removed_at)
					values (:node, 'deploy', '# mine', 'IyBtaW5lCg==', null, timestamp with time zone '2026-01-01 00:00:00Z')""")
			.param("node", node.value())
			.update();
		Answer list = this.api.get("/nodes/cfm-back/removed-lines?q=MINE");
		assertThat(list.text("/items/0/line")).isEqualTo("# mine");
		assertThat(list.text("/items/0/removedAt")).isEqualTo("2026-01-01T00:00:00Z");
		assertThat(list.body().at("/items/0").has("restoredAt")).isFalse();
		String restore = "/nodes/cfm-back/removed-lines/" + list.body().at("/items/0/id").asString() + "/restore";
		Answer restored = this.api.post(restore + "?wait=PT1S", "", "Idempotency-Key", "cfm-back-1");
		assertThat(restored.status()).isEqualTo(200);
		assertThat(restored.text("/restoredBy")).isEqualTo("token:bootstrap");
		Answer again = this.api.post(restore + "?wait=PT1S", "", "Idempotency-Key", "cfm-back-1");
		assertThat(again.text("/restoredAt")).isEqualTo(restored.text("/restoredAt"));
		assertThat(this.api.get("/audit?action=line.restored&subject=node:cfm-back")
			.body()
			.at("/page/totalItems")
			.intValue()).isEqualTo(1);
		assertThat(this.api.delete(restore).body().has("restoredAt")).isFalse();
		assertThat(this.api.post("/nodes/cfm-back/removed-lines/999999/restore", "").status()).isEqualTo(404);
		assertThat(this.api.post("/nodes/cfm-nowhere/removed-lines/1/restore", "").status()).isEqualTo(404);
	}

	@Test
	void filtersTheAuditTrailAndSearchesGrants() {
		teamOnANode("cfm-seek");
		String subject = "/audit?subject=team:cfm-seek-team";
		int all = total(subject);
		assertThat(all).isPositive();
		assertThat(total(subject + "&action=team")).isEqualTo(all);
		assertThat(total(subject + "&action=team.created&actor=token:bootstrap")).isEqualTo(1);
		assertThat(total(subject + "&actor=nobody")).isZero();
		assertThat(total(subject + "&since=2020-01-01T00:00:00Z&until=2020-01-02T00:00:00Z")).isZero();
		assertThat(total(subject + "&since=2020-01-01T00:00:00Z")).isEqualTo(all);
		assertThat(total("/audit?q=CFM-SEEK-team")).isGreaterThanOrEqualTo(all);
		assertThat(this.api.get("/audit?since=yesterday").status()).isEqualTo(400);
		assertThat(total("/grants?q=seek-te")).isEqualTo(1);
		assertThat(total("/grants?q=cfm-no-such")).isZero();
	}

	private int total(String path) {
		return this.api.get(path).body().at("/page/totalItems").intValue();
	}

	private Answer asks(String method, String path, String body) {
		Answer refused = this.api.send(method, path, body);
		assertThat(refused.problem()).as(method + " " + path).isEqualTo("/problems/confirmation-needed");
		assertThat(refused.text("/digest")).matches("[0-9a-f]{64}");
		return refused;
	}

	/** A team whose one member is let in on one node, by a grant on its cluster. */
	private String teamOnANode(String prefix) {
		node(prefix + "-node");
		this.api.put("/clusters/" + prefix + "-cluster", "{\"nodes\": [\"" + prefix + "-node\"]}");
		this.api.put("/identities/" + prefix + "-person", "{\"kind\": \"PERSON\"}");
		this.api.post("/identities/" + prefix + "-person/keys", "{\"publicKey\": \"" + SampleKeys.ed25519() + "\"}");
		this.api.put("/teams/" + prefix + "-team", "{\"members\": [\"" + prefix + "-person\"]}");
		assertThat(this.api
			.post("/grants",
					"{\"subject\": \"team:%1$s-team\", \"target\": \"cluster:%1$s-cluster\", \"account\": \"deploy\"}"
						.formatted(prefix))
			.status()).isEqualTo(201);
		return prefix + "-team";
	}

	private NodeId node(String name) {
		this.api.put("/nodes/" + name, "{\"address\": \"127.0.0.1\", \"port\": 1}");
		NodeId id = this.nodes.all(List.of(this.nodes.idOf(name))).get(0).id();
		this.nodes.markEnrolled(id);
		return id;
	}

}
