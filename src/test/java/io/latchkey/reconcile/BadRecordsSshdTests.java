package io.latchkey.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.Patience;
import io.latchkey.core.InvalidInputException;
import io.latchkey.delivery.Delivery;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.ForeignKeyCount;
import io.latchkey.nodestate.JdbcColumns;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStatus;
import io.latchkey.nodestate.Run;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Records that cannot be read, as of an older version or a damaged database, beside those
 * that can: they keep no access from being taken away.
 */
class BadRecordsSshdTests extends JobOnSshd {

	private static final Duration ENOUGH = Patience.of(Duration.ofSeconds(30));

	private static final String NO_KEY = "SHA256:none";

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Autowired
	private JdbcClient jdbc;

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	/** It is of no node. */
	@AfterEach
	void forgetTheTolerations() {
		this.jdbc.sql("delete from tolerated_key where fingerprint = :key").param("key", NO_KEY).update();
	}

	@Test
	void aGrantThatCannotBeWrittenStopsItselfAlone() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair suspended = SshKeys.generate();
		SshKeyPair stays = SshKeys.generate();
		String leaver = identityWith(suspended);
		settled(grant(leaver, node, "deploy", null));
		settled(grant(identityWith(stays), node, "deploy", null));
		String person = identityWith(SshKeys.generate());
		GrantOptions backslash = new GrantOptions(List.of(), "type C:\\logs\\", false, Set.of(), Map.of(), false);
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.grants.issue(new GrantDraft(new Subject(Subject.Kind.IDENTITY, person),
					new Target(Target.Kind.NODE, node.name()), "deploy", null, null, null, null, backslash)));

		Grant written = grant(person, node, "deploy", null);
		setOptions(written, """
				{"from":[],"command":"type C:\\\\logs\\\\","restrict":false,"permit":[],"environment":{},\
				"verifyRequired":false}""");
		Grant garbled = grant(person, node, "deploy", null);
		setOptions(garbled, "{\"from\":");
		Grant misnamed = grant(person, node, "deploy", null);
		this.jdbc.sql("update access_grant set account = :account where id = :id")
			.param("account", "two\nlines")
			.param("id", misnamed.id().value())
			.update();
		SshKeyPair lost = SshKeys.generate();
		String holder = identityWith(lost);
		this.jdbc.sql("update identity_key set public_key = 'ssh-ed25519 AAAA' where fingerprint = :key")
			.param("key", lost.fingerprint())
			.update();
		Grant keyless = grant(holder, node, "deploy", null);
		this.jdbc.sql("update identity_key set comment = :comment where fingerprint = :key")
			.param("comment", "two\nlines")
			.param("key", stays.fingerprint())
			.update();

		this.identities.suspend(leaver);
		check(node);
		assertThat(ssh().letsIn("deploy", suspended.privateKey())).isFalse();
		assertThat(ssh().letsIn("deploy", stays.privateKey())).isTrue();
		assertThat(file("deploy")).contains(" two lines\n");
		assertWithheld(written, "The value of command ends in a backslash");
		assertWithheld(garbled, "cannot be read");
		assertWithheld(misnamed, "No node can be asked");
		assertWithheld(keyless, lost.fingerprint());
		SshKeyPair next = SshKeys.generate();
		Delivery given = settled(grant(identityWith(next), node, "deploy", null));
		assertThat(given.inPlace()).as(String.valueOf(given.nodes())).isEqualTo(1);
		assertThat(ssh().letsIn("deploy", next.privateKey())).isTrue();
		assertThat(this.deliveries.overdueRemovals())
			.noneSatisfy((removal) -> assertThat(removal.node()).isEqualTo(node.name()));
		assertThat(this.nodeStates.of(node.id()).state()).as("of the node, which is not to blame")
			.isEqualTo(NodeState.IN_SYNC);
		assertThat(this.nodeStates.of(node.id()).remarks().findings())
			.anySatisfy((finding) -> assertThat(finding).contains("cannot be read"))
			.anySatisfy((finding) -> assertThat(finding).contains("No node can be asked"));
	}

	@Test
	void rowsThatCannotBeReadArePassedOver() {
		Node node = enrolledNode(Mode.EXCLUSIVE);
		SshKeyPair key = SshKeys.generate();
		Grant grant = grant(identityWith(key), node, "deploy", null);
		settled(grant);
		assertThat(ssh().letsIn("deploy", key.privateKey())).isTrue();
		sshd().authorize("alice", "ssh-ed25519 " + SshKeys.generate().publicKey().split(" ")[1] + " of\rmany");
		check(node);
		Instant now = this.clock.instant();
		for (String sql : new String[] { "update placed_line set fingerprint = :key where node_id = :node",
				"update placed_line set origin = 'NOBODY' where node_id = :node",
				"update node_state set zone = 'Mars', run_trigger = 'WHIM' where node_id = :node",
				"update account_files set login_obstacle = 'moon' where node_id = :node",
				"insert into tolerated_key values (:key, :later, 'r', 'a')",
				"insert into unwanted_key values (:node, 'deploy', :key, :now, 'a')",
				"insert into session_ending (node_id, account, fingerprint, grant_id, asked_at, ended) "
						+ "values (:node, 'deploy', :key, :grant, :now, 0)",
				"insert into removed_line (node_id, account, line, bytes, removed_at, restored_at) "
						+ "values (:node, 'deploy', '# kept', '?', :now, :now)" }) {
			this.jdbc.sql(sql)
				.param("key", NO_KEY)
				.param("node", node.id().value())
				.param("grant", grant.id().value())
				.param("now", JdbcColumns.at(now))
				.param("later", JdbcColumns.at(now.plusSeconds(3600)))
				.update();
		}
		this.grants.revoke(grant.id());
		assertThat(settled(grant).nodes())
			.allSatisfy((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.REMOVED));
		assertThat(ssh().letsIn("deploy", key.privateKey())).isFalse();
		assertThat(file("deploy")).contains("# kept\n");
		assertThat(latest(node.id()).outcome()).isNotEqualTo(Run.Outcome.FAILED);
		assertThat(this.nodeStates.foreignKeys(ForeignKeyCount.Which.ALL, PageRequest.of(0, 50))).isNotNull();
	}

	@Test
	void aRunThatThrowsIsOnRecordOverdueAndTriedAgainLaterEachTime() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		Grant grant = grant(identityWith(key), node, "deploy", null);
		settled(grant);
		List<Map<String, Object>> pins = this.jdbc.sql("select * from node_host_key where node_id = :node")
			.param("node", node.id().value())
			.query()
			.listOfRows();
		this.jdbc.sql("update node_host_key set public_key = 'ssh-ed25519 AAAA' where node_id = :node")
			.param("node", node.id().value())
			.update();
		this.grants.revoke(grant.id());
		settled(grant);
		await().atMost(ENOUGH).until(() -> failures(node.id()) >= 2);
		NodeStatus status = this.nodeStates.of(node.id());
		assertThat(status.state()).isEqualTo(NodeState.FAILED);
		assertThat(status.remarks().detail()).contains("broke off", "No host key is pinned");
		assertThat(this.nodeStates.inState(NodeState.FAILED)).contains(node.id());
		assertThat(latest(node.id()).outcome()).isEqualTo(Run.Outcome.FAILED);
		assertThat(latest(node.id()).detail()).contains("No host key is pinned");
		assertThat(this.deliveries.overdueRemovals())
			.anySatisfy((removal) -> assertThat(removal.node()).isEqualTo(node.name()));
		assertThat(this.deliveries.of(grant.id()).nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.STILL_PRESENT));
		pins.forEach((pin) -> this.jdbc
			.sql("update node_host_key set public_key = :text where node_id = :node and fingerprint = :key")
			.param("text", pin.get("public_key"))
			.param("node", node.id().value())
			.param("key", pin.get("fingerprint"))
			.update());
		await().atMost(ENOUGH)
			.until(() -> this.deliveries.of(grant.id()).nodes().get(0).state() == Delivery.State.REMOVED);
		assertThat(ssh().letsIn("deploy", key.privateKey())).isFalse();
		assertThat(failures(node.id())).isZero();
	}

	private void setOptions(Grant grant, String json) {
		this.jdbc.sql("update access_grant set options = :options where id = :id")
			.param("options", json)
			.param("id", grant.id().value())
			.update();
	}

	private void assertWithheld(Grant grant, String reason) {
		assertThat(this.deliveries.of(grant.id()).nodes()).singleElement().satisfies((entry) -> {
			assertThat(entry.state()).isEqualTo(Delivery.State.FAILED);
			assertThat(entry.detail()).contains(reason);
		});
	}

	private Run latest(NodeId node) {
		return this.nodeStates.runs(node, PageRequest.of(0, 1)).getContent().get(0);
	}

	private int failures(NodeId node) {
		return this.jdbc.sql("select failures from node_state where node_id = :node")
			.param("node", node.value())
			.query(Integer.class)
			.single();
	}

}
