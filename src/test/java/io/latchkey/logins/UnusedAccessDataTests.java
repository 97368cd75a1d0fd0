package io.latchkey.logins;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import io.latchkey.Tables;
import io.latchkey.UnscheduledTest;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityKind;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.JdbcColumns;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Silence means that nobody came only where the log would have told.
 */
@UnscheduledTest
class UnusedAccessDataTests {

	private static final PageRequest FIRST = PageRequest.of(0, 50);

	private static final Duration MONTH = Duration.ofDays(30);

	private static final SshKeyPair HERS = SshKeys.generate();

	@Autowired
	private UnusedAccess unused;

	@Autowired
	private Nodes nodes;

	@Autowired
	private Clusters clusters;

	@Autowired
	private Identities identities;

	@Autowired
	private Grants grants;

	@Autowired
	private Tables tables;

	@Autowired
	private JdbcClient jdbc;

	private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

	private NodeId node;

	private Grant grant;

	@BeforeEach
	void grantAccess() {
		this.node = node("db1");
		this.identities.create(new IdentityDraft("alice", IdentityKind.PERSON, null, null));
		this.identities.addKey("alice", HERS.publicKey(), null, null);
		this.grant = grantOn(new Target(Target.Kind.NODE, "db1"));
		this.jdbc.sql("update identity_key set added_at = :at").param("at", at(80)).update();
		place(this.node);
	}

	@AfterEach
	void clear() {
		this.tables.clear();
	}

	@Test
	void isUnusedWhereTheLogWouldTell() {
		read(this.node, 60, null);
		own("db1");
		use("db1", HERS.fingerprint(), "root", 40, this.grant.id().value());
		assertThat(this.unused.grants(MONTH, FIRST)).singleElement().satisfies((row) -> {
			assertThat(row.isUnused()).isTrue();
			assertThat(row.last()).isNotNull();
			assertThat(row.nodes()).isEqualTo(1);
		});
		assertThat(this.unused.keys(MONTH, FIRST)).singleElement().satisfies((row) -> {
			assertThat(row.identity()).isEqualTo("alice");
			assertThat(row.isUnused()).isTrue();
		});
	}

	@Test
	void isNotAmongThemOnceItWasUsed() {
		read(this.node, 60, null);
		own("db1");
		use("db1", HERS.fingerprint(), "root", 3, this.grant.id().value());
		assertThat(this.unused.grants(MONTH, FIRST)).isEmpty();
		assertThat(this.unused.keys(MONTH, FIRST)).isEmpty();
		assertThat(this.unused.grants(Duration.ofDays(2), FIRST)).hasSize(1);
	}

	/** A later login of the same key by another grant is all that is kept of its uses. */
	@Test
	void isNotAmongThemWhereALoginStandsByIt() {
		read(this.node, 60, null);
		own("db1");
		use("db1", HERS.fingerprint(), "root", 3, 999L);
		this.jdbc
			.sql("""
					insert into login (at, since, times, logged_on, counted, node, account, outcome, address, grant_id, proved)
					values (:at, :at, 1, :day, false, 'db1', 'root', 'ACCEPTED', '192.0.2.7', :grant, true)""")
			.param("at", at(5))
			.param("day", LocalDate.ofInstant(this.now.minus(5, ChronoUnit.DAYS), ZoneOffset.UTC))
			.param("grant", this.grant.id().value())
			.update();
		assertThat(this.unused.grants(MONTH, FIRST)).isEmpty();
	}

	@Test
	void isNotKnownWhereNoLogWasRead() {
		assertThat(gap()).isEqualTo(LogCoverage.Gap.NEVER_READ);
	}

	@Test
	void isNotKnownWhereTheLogCannotBeRead() {
		read(this.node, 60, "permission denied");
		own("db1");
		assertThat(gap()).isEqualTo(LogCoverage.Gap.UNREADABLE);
	}

	@Test
	void isNotKnownBehindAGap() {
		read(this.node, 20, null);
		own("db1");
		assertThat(gap()).isEqualTo(LogCoverage.Gap.SINCE);
		assertThat(this.unused.grants(Duration.ofDays(10), FIRST)).allMatch(UnusedGrant::isUnused);
	}

	/** Its sshd may write nothing of logins, as by LogLevel ERROR. */
	@Test
	void isNotKnownWhereLatchkeysOwnLoginsAreNotInTheLog() {
		read(this.node, 60, null);
		assertThat(gap()).isEqualTo(LogCoverage.Gap.SILENT);
	}

	/** As an old dropbear writes it. */
	@Test
	void isNotKnownWhereTheLogDoesNotNameTheKey() {
		read(this.node, 60, null);
		own("db1");
		use("db1", KeyUse.UNNAMED, "deploy", 3, null);
		assertThat(this.unused.grants(MONTH, FIRST)).allMatch(UnusedGrant::isUnused);
		use("db1", KeyUse.UNNAMED, "root", 3, null);
		assertThat(gap()).isEqualTo(LogCoverage.Gap.UNNAMED);
	}

	@Test
	void isNotKnownWhereTheNodeWasNotLookedAtLately() {
		read(this.node, 60, null);
		own("db1");
		this.jdbc.sql("update login_log set read_at = :at").param("at", at(4)).update();
		assertThat(gap()).isEqualTo(LogCoverage.Gap.NOT_LATELY);
	}

	@Test
	void aClustersNodesAreNamedWhoseLogsDoNotTell() {
		NodeId other = node("db2");
		this.clusters.create("db", null, List.of("db1", "db2"));
		Grant onCluster = grantOn(new Target(Target.Kind.CLUSTER, "db"));
		for (NodeId each : List.of(this.node, other)) {
			read(each, 60, null);
		}
		own("db1");
		assertThat(this.unused.grants(MONTH, FIRST)).filteredOn((row) -> row.grant().id().equals(onCluster.id()))
			.singleElement()
			.satisfies((row) -> assertThat(row.unknown()).extracting(Unknown::node, Unknown::gap)
				.containsExactly(tuple("db2", LogCoverage.Gap.SILENT)));
	}

	@Test
	void aGrantThatBeganMeanwhileIsNotAmongThem() {
		this.jdbc.sql("update access_grant set starts_at = :at").param("at", at(10)).update();
		assertThat(this.unused.grants(MONTH, FIRST)).isEmpty();
	}

	private LogCoverage.@Nullable Gap gap() {
		assertThat(this.unused.keys(MONTH, FIRST).getContent()).noneMatch(UnusedKey::isUnused);
		UnusedGrant row = this.unused.grants(MONTH, FIRST).getContent().get(0);
		assertThat(row.isUnused()).isFalse();
		return row.unknown().get(0).gap();
	}

	private Grant grantOn(Target target) {
		Grant issued = this.grants.issue(new GrantDraft(new Subject(Subject.Kind.IDENTITY, "alice"), target, "root",
				null, null, null, null, GrantOptions.NONE));
		this.jdbc.sql("update access_grant set starts_at = :at where id = :id")
			.param("at", at(80))
			.param("id", issued.id().value())
			.update();
		return issued;
	}

	private NodeId node(String name) {
		return this.nodes
			.create(new NodeDraft(name, name + ".example", 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()))
			.id();
	}

	private void place(NodeId on) {
		this.jdbc
			.sql("""
					insert into placed_line (node_id, account, line, fingerprint, identity, grant_ids, placed_at, ends_by_itself)
					values (:node, 'root', 'x', :key, 'alice', '1', :at, false)""")
			.param("node", on.value())
			.param("key", HERS.fingerprint())
			.param("at", at(80))
			.update();
	}

	private void read(NodeId of, int daysKnown, @Nullable String failure) {
		this.jdbc.sql("""
				insert into login_log (node_id, position, read_at, read_until, failure, known_from)
				values (:node, '- -', :now, :now, :failure, :from)""")
			.param("node", of.value())
			.param("now", at(0))
			.param("failure", failure)
			.param("from", at(daysKnown))
			.update();
	}

	private void own(String name) {
		use(name, "SHA256:" + "A".repeat(43), "root", 0, null);
		this.jdbc.sql("update key_use set standing = 'LATCHKEY' where grant_id is null and fingerprint <> '-'")
			.update();
	}

	private void use(String name, String key, String account, int daysAgo, @Nullable Long grantId) {
		this.jdbc.sql("""
				insert into key_use (fingerprint, node, account, at, address, standing, grant_id, proved)
				values (:key, :node, :account, :at, '192.0.2.7', 'GRANTED', :grant, true)""")
			.param("key", key)
			.param("node", name)
			.param("account", account)
			.param("at", at(daysAgo))
			.param("grant", grantId)
			.update();
	}

	private Object at(int daysAgo) {
		return JdbcColumns.at(this.now.minus(daysAgo, ChronoUnit.DAYS));
	}

}
