package io.latchkey.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import io.latchkey.StatementCounter;
import io.latchkey.Tables;
import io.latchkey.UnscheduledTest;
import io.latchkey.core.InvalidInputException;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityKind;
import io.latchkey.identity.Teams;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.JdbcColumns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Who could log in where, as the grants, teams, clusters and suspensions were then.
 */
@UnscheduledTest
class EffectiveAccessDataTests {

	private static final PageRequest FIRST = PageRequest.of(0, 50);

	@Autowired
	private EffectiveAccess access;

	@Autowired
	private Nodes nodes;

	@Autowired
	private Clusters clusters;

	@Autowired
	private Identities identities;

	@Autowired
	private Teams teams;

	@Autowired
	private Grants grants;

	@Autowired
	private Tables tables;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private StatementCounter statements;

	@Autowired
	private Clock clock;

	@BeforeEach
	void fill() {
		for (String name : List.of("db1", "db2")) {
			this.nodes
				.create(new NodeDraft(name, name + ".example", 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()));
		}
		for (String name : List.of("alice", "bob")) {
			this.identities.create(new IdentityDraft(name, IdentityKind.PERSON, null, null));
		}
		this.clusters.create("databases", null, List.of("db1", "db2"));
		this.teams.create("admins", null, List.of("alice", "bob"));
	}

	@AfterEach
	void clear() {
		this.tables.clear();
	}

	@Test
	void isByEachWayFromASubjectToATarget() {
		GrantId hers = grant("identity:alice", "node:db1", "root", null).id();
		GrantId everywhere = grant("identity:alice", "cluster:databases", "root", null).id();
		GrantId theirs = grant("team:admins", "node:db1", "root", null).id();
		GrantId all = grant("team:admins", "cluster:databases", "backup", null).id();
		assertThat(list("alice", null, now())).extracting(Access::node, Access::account, Access::via)
			.containsExactly(tuple("db1", "backup", List.of(all)),
					tuple("db1", "root", List.of(hers, everywhere, theirs)), tuple("db2", "backup", List.of(all)),
					tuple("db2", "root", List.of(everywhere)));
		assertThat(list(null, "db1", now())).extracting(Access::identity, Access::account)
			.containsExactly(tuple("alice", "backup"), tuple("alice", "root"), tuple("bob", "backup"),
					tuple("bob", "root"));
		assertThat(this.access.list(AccessQuery.at(null, "db1", "root", now()), FIRST)).hasSize(2)
			.allSatisfy((row) -> assertThat(row.grantedBy()).hasSize(1));
	}

	@Test
	void endsWithTheLastOfItsGrants() {
		Instant soon = now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
		grant("identity:alice", "node:db1", "root", soon);
		assertThat(list("alice", null, now())).extracting(Access::until).containsExactly(soon);
		assertThat(list("alice", null, soon.minusSeconds(1))).hasSize(1);
		assertThat(list("alice", null, soon)).isEmpty();
		grant("team:admins", "node:db1", "root", null);
		assertThat(list("alice", null, now())).singleElement().satisfies((row) -> assertThat(row.until()).isNull());
	}

	@Test
	void isNotBeforeItWasGivenNorAfterItWasRevoked() {
		Instant before = now();
		Grant grant = grant("identity:alice", "node:db1", "root", null);
		Instant between = now();
		this.grants.revoke(grant.id());
		assertThat(list("alice", null, before)).isEmpty();
		assertThat(list("alice", null, between)).hasSize(1);
		assertThat(list("alice", null, now())).isEmpty();
	}

	@Test
	void countsTeamsAndClustersAsTheyWere() {
		grant("team:admins", "cluster:databases", "root", null);
		Instant both = now();
		this.teams.removeMember("admins", "alice");
		Instant bobs = now();
		this.clusters.removeNode("databases", "db1");
		Instant left = now();
		this.teams.addMember("admins", "alice");
		assertThat(list(null, "db1", both)).extracting(Access::identity).containsExactly("alice", "bob");
		assertThat(list(null, "db1", bobs)).extracting(Access::identity).containsExactly("bob");
		assertThat(list(null, "db1", left)).isEmpty();
		assertThat(list(null, "db2", left)).extracting(Access::identity).containsExactly("bob");
		assertThat(list(null, "db2", now())).extracting(Access::identity).containsExactly("alice", "bob");
	}

	@Test
	void leavesOutWhoWasSuspended() {
		grant("team:admins", "node:db1", "root", null);
		grant("identity:alice", "node:db1", "root", null);
		Instant before = now();
		this.identities.suspend("alice");
		Instant between = now();
		this.identities.resume("alice");
		assertThat(list(null, "db1", before)).hasSize(2);
		assertThat(list(null, "db1", between)).extracting(Access::identity).containsExactly("bob");
		assertThat(list(null, "db1", now())).hasSize(2);
		assertThat(this.access.list(new AccessQuery("alice", null, null, before, now()), FIRST)).hasSize(1);
	}

	@Test
	void outlivesAllThatItIsAbout() {
		grant("team:admins", "cluster:databases", "root", null);
		Instant before = now();
		this.teams.delete("admins");
		this.identities.delete("alice");
		this.clusters.delete("databases");
		assertThat(list("alice", null, now())).isEmpty();
		assertThat(list("alice", null, before)).extracting(Access::node).containsExactly("db1", "db2");
		assertThat(openSpans()).isZero();
	}

	@Test
	void tellsWhoCameMeanwhile() {
		grant("team:admins", "node:db1", "root", null);
		this.jdbc.sql("update access_grant set starts_at = :at, granted_at = :at")
			.param("at", JdbcColumns.at(now().minus(Duration.ofDays(9))))
			.update();
		this.jdbc.sql("update membership_span set began_at = null").update();
		Instant came = now().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.MICROS);
		login("alice", came, 2);
		login("alice", came.minus(Duration.ofDays(3)), 1);
		keyUse("alice", came);
		assertThat(this.access.list(new AccessQuery(null, "db1", "root", came.minusSeconds(60), came.plusSeconds(60)),
				FIRST))
			.extracting(Access::identity, Access::lastLoginAt, Access::logins)
			.containsExactly(tuple("alice", came, 2L), tuple("bob", null, 0L));
	}

	@Test
	void saysNothingOfTimesBeforeItWasKept() {
		this.jdbc.sql("insert into access_history (known_from) values (:at)")
			.param("at", JdbcColumns.at(now()))
			.update();
		assertThat(list("alice", null, now())).isEmpty();
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> list("alice", null, now().minus(Duration.ofDays(1))));
	}

	/** What is kept beside the members themselves is the same. */
	@Test
	void goesWithTheMembers() {
		this.teams.put("admins", null, List.of("bob"), null);
		this.teams.create("others", null, List.of("alice", "bob"));
		this.teams.removeMember("others", "alice");
		this.teams.addMember("admins", "alice");
		this.identities.delete("bob");
		this.nodes.delete("db2");
		assertThat(this.jdbc.sql("""
				select group_id, member_id from membership_span where kind = 'TEAM' and ended_at is null
				order by group_id, member_id""").query().listOfRows()).isEqualTo(this.jdbc.sql("""
				select team_id as group_id, identity_id as member_id from team_member
				order by team_id, identity_id""").query().listOfRows()).isNotEmpty();
		assertThat(this.jdbc.sql("""
				select group_id, member_id from membership_span where kind = 'CLUSTER' and ended_at is null
				order by group_id, member_id""").query().listOfRows()).isEqualTo(this.jdbc.sql("""
				select cluster_id as group_id, node_id as member_id from cluster_node
				order by cluster_id, node_id""").query().listOfRows()).isNotEmpty();
	}

	@Test
	void takesAsManyQueriesForManyAsForOne() {
		grant("identity:alice", "node:db1", "root", null);
		int one = statementsOfAList();
		grant("team:admins", "cluster:databases", "root", null);
		grant("team:admins", "cluster:databases", "backup", null);
		assertThat(statementsOfAList()).isEqualTo(one);
	}

	private int statementsOfAList() {
		this.statements.take();
		list("alice", null, now());
		return this.statements.take();
	}

	@Test
	void asksForAnIdentityOrANode() {
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> AccessQuery.at(null, null, "root", now()))
			.satisfies((ex) -> assertThat(ex.faults()).extracting("code").containsExactly("access.whose"));
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> new AccessQuery("alice", null, null, now(), now().minusSeconds(1)));
	}

	private List<Access> list(@Nullable String identity, @Nullable String node, Instant at) {
		return this.access.list(AccessQuery.at(identity, node, null, at), FIRST).getContent();
	}

	private Grant grant(String subject, String target, String account, @Nullable Instant until) {
		return this.grants.issue(new GrantDraft(Subject.parse(subject), Target.parse(target), account, null, null,
				until, null, GrantOptions.NONE));
	}

	private void login(String identity, Instant at, int times) {
		this.jdbc
			.sql("""
					insert into login (at, since, times, logged_on, counted, node, account, outcome, address, identity, proved)
					values (:at, :at, :times, :day, false, 'db1', 'root', 'ACCEPTED', '192.0.2.7', :identity, true)""")
			.param("at", JdbcColumns.at(at))
			.param("times", times)
			.param("day", LocalDate.ofInstant(at, ZoneOffset.UTC))
			.param("identity", identity)
			.update();
	}

	private void keyUse(String identity, Instant at) {
		this.jdbc.sql("""
				insert into key_use (fingerprint, node, account, at, address, standing, identity, proved)
				values ('SHA256:a', 'db1', 'root', :at, '192.0.2.7', 'GRANTED', :identity, true)""")
			.param("at", JdbcColumns.at(at))
			.param("identity", identity)
			.update();
	}

	private long openSpans() {
		return this.jdbc.sql("select count(*) from membership_span where ended_at is null").query(Long.class).single();
	}

	private Instant now() {
		return this.clock.instant();
	}

}
