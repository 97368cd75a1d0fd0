package io.latchkey.removal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import io.latchkey.Patience;
import io.latchkey.SampleKeys;
import io.latchkey.Tables;
import io.latchkey.UnscheduledTest;
import io.latchkey.audit.AuditTrail;
import io.latchkey.core.StatementBatch;
import io.latchkey.desired.ConfirmationNeededException;
import io.latchkey.desired.RemovalPreview;
import io.latchkey.desired.RemovalPreview.AccountLoss;
import io.latchkey.foreignkeys.RemovedLine;
import io.latchkey.foreignkeys.RemovedLineRepository;
import io.latchkey.foreignkeys.RemovedLines;
import io.latchkey.grants.ActiveGrants;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.GrantQuery;
import io.latchkey.grants.GrantStatus;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.grants.TargetTally;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityKind;
import io.latchkey.identity.Teams;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.AccountFilesRepository;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.AccountStateRepository;
import io.latchkey.nodestate.KeptEntries;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStateRepository;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.Fingerprint;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What asks before it takes access away, and what does not.
 */
@UnscheduledTest
class RemovalsDataTests {

	@Autowired
	private NamedParameterJdbcOperations batches;

	@Autowired
	Removals removals;

	@Autowired
	RemovedLines removedLines;

	@Autowired
	RemovedLineRepository removedLineRepository;

	@Autowired
	AccountStateRepository accountStates;

	@Autowired
	AccountFilesRepository accountFiles;

	@Autowired
	NodeStateRepository nodeStates;

	@Autowired
	Identities identities;

	@Autowired
	Teams teams;

	@Autowired
	Nodes nodes;

	@Autowired
	Clusters clusters;

	@Autowired
	Grants grants;

	@Autowired
	ActiveGrants activeGrants;

	@Autowired
	AuditTrail trail;

	@Autowired
	EntityManagerFactory entities;

	@Autowired
	Tables tables;

	@BeforeEach
	@AfterEach
	void clear() {
		this.tables.clear();
	}

	@Test
	void asksAndDoesNothingUntilThatIsConfirmed() {
		person("alice");
		team("ops", "alice");
		node("web1");
		grant("team:ops", "node:web1");
		long records = records();
		long wanted = generation("web1");

		RemovalPreview preview = refusal(() -> deleteTeam("ops", null));
		assertThat(preview.accounts()).singleElement().satisfies((account) -> {
			assertThat(account.node()).isEqualTo("web1");
			assertThat(account.account()).isEqualTo("deploy");
			assertThat(account.remove()).singleElement().satisfies((line) -> {
				assertThat(line.identity()).isEqualTo("alice");
				assertThat(line.text()).startsWith("ssh-ed25519 ");
			});
		});
		assertThat(preview.identities()).containsExactly("alice");
		assertThat(this.teams.get("ops").members()).containsExactly("alice");
		assertThat(activeGrants()).isEqualTo(1);
		assertThat(records()).isEqualTo(records);
		assertThat(generation("web1")).isEqualTo(wanted);

		assertThat(refusal(() -> deleteTeam("ops", "0".repeat(64))).digest()).isEqualTo(preview.digest());
		deleteTeam("ops", preview.digest());
		assertThat(activeGrants()).isZero();
		assertThat(generation("web1")).isGreaterThan(wanted);
	}

	@Test
	void asksAnewWhenMoreWouldGoThanWasConfirmed() {
		person("alice");
		person("bob");
		team("ops", "alice");
		node("web1");
		grant("team:ops", "node:web1");
		String seen = refusal(() -> deleteTeam("ops", null)).digest();
		this.teams.addMember("ops", "bob");
		RemovalPreview now = refusal(() -> deleteTeam("ops", seen));
		assertThat(now.digest()).isNotEqualTo(seen);
		assertThat(now.identities()).containsExactly("alice", "bob");
	}

	@Test
	void takesHalfOfANodesLinesWithoutAskingAndNotMore() {
		for (String name : List.of("alice", "bob", "carol", "dave")) {
			person(name);
		}
		team("ops", "alice", "bob", "carol");
		node("web1");
		grant("team:ops", "node:web1");
		grant("identity:dave", "node:web1");
		assertThat(refusal(() -> put("ops")).countRemoved()).isEqualTo(3);
		put("ops", "alice");
		assertThat(this.teams.get("ops").members()).containsExactly("alice");
	}

	@Test
	void asksBeforeLinesGoFromMoreThanTenNodes() {
		List<String> names = IntStream.rangeClosed(1, 11).mapToObj((i) -> "web" + i).toList();
		names.forEach(this::node);
		this.clusters.create("prod", null, names);
		for (String name : List.of("alice", "bob", "carol")) {
			person(name);
		}
		team("ops", "alice", "bob", "carol");
		grant("team:ops", "cluster:prod");
		RemovalPreview preview = refusal(() -> removeMember("ops", "alice", null));
		assertThat(preview.countNodes()).isEqualTo(11);
		this.clusters.removeNode("prod", "web11");
		removeMember("ops", "alice", null);
		assertThat(this.teams.get("ops").members()).containsExactly("bob", "carol");
	}

	@Test
	void asksBeforeANodeLeavesItsClusterOrTheClusterGoes() {
		person("alice");
		node("web1");
		node("web2");
		this.clusters.create("prod", null, List.of("web1", "web2"));
		grant("identity:alice", "cluster:prod");
		RemovalScope scope = RemovalScope.cluster("prod");
		RemovalPreview leaving = refusal(
				() -> this.removals.carryOut(scope, null, () -> this.clusters.removeNode("prod", "web2")));
		assertThat(leaving.accounts()).extracting(AccountLoss::node).containsExactly("web2");
		RemovalPreview emptied = refusal(
				() -> this.removals.carryOut(scope, null, () -> this.clusters.put("prod", null, List.of(), null)));
		RemovalPreview deleted = refusal(() -> this.removals.carryOut(scope, null, () -> this.clusters.delete("prod")));
		assertThat(emptied.accounts()).isEqualTo(deleted.accounts())
			.extracting(AccountLoss::node)
			.containsExactly("web1", "web2");
	}

	@Test
	void asksBeforeAnIdentityGoes() {
		person("alice");
		team("ops", "alice");
		node("web1");
		grant("team:ops", "node:web1");
		RemovalPreview preview = refusal(() -> deleteIdentity("alice", null));
		deleteIdentity("alice", preview.digest());
		assertThat(this.identities.find("alice")).isEmpty();
	}

	@Test
	void aKeyThatAnotherLineLetsInIsNotLost() {
		person("alice");
		team("ops", "alice");
		node("web1");
		grant("team:ops", "node:web1");
		this.grants.issue(new GrantDraft(Subject.parse("identity:alice"), Target.parse("node:web1"), "deploy", null,
				null, null, null, new GrantOptions(List.of(), "uptime", false, Set.of(), Map.of(), false)));
		deleteTeam("ops", null);
		assertThat(activeGrants()).isEqualTo(1);
	}

	@Test
	void countsNobodyWhoIsSuspendedAmongThoseWithAccess() {
		person("alice");
		person("bob");
		node("web1");
		this.clusters.create("prod", null, List.of("web1"));
		grant("identity:alice", "cluster:prod");
		grant("identity:bob", "cluster:prod");
		grant("identity:bob", "node:web1");
		this.identities.suspend("bob");
		assertThat(this.activeGrants.activeByTarget(Duration.ofHours(1))).extracting(TargetTally::identities)
			.containsExactly(1L, 0L);
	}

	@Test
	void saysByWhatElseThoseGetInWhoLoseALine() {
		person("alice");
		String key = SampleKeys.ed25519();
		Fingerprint fingerprint = AuthorizedKeysFile.Line.of(key).key().orElseThrow().fingerprint();
		this.identities.addKey("alice", key, null, null);
		person("bob");
		team("ops", "alice", "bob");
		Node node = node("web1");
		grant("team:ops", "node:web1");
		replace(node.id(),
				new AccountState("deploy", "/home/deploy", NodeState.IN_SYNC, null,
						List.of(new AccountState.Entry(fingerprint, null, key + " by hand", null, List.of(), "",
								AccountState.Origin.FOREIGN, AccountState.Status.EXTRA))),
				null, null);
		RemovalPreview preview = refusal(() -> deleteTeam("ops", null));
		assertThat(preview.identities()).containsExactly("bob");
		assertThat(preview.accounts()).singleElement()
			.satisfies((account) -> assertThat(account.remove()).filteredOn((line) -> "alice".equals(line.identity()))
				.hasSize(2)
				.allSatisfy((line) -> assertThat(line.foreignKeys()).containsExactly(fingerprint)));
	}

	@Test
	void neverAsksForNodesThatAreNotEnrolled() {
		person("alice");
		team("ops", "alice");
		this.nodes.create(draft("new1", Mode.ADDITIVE));
		grant("team:ops", "node:new1");
		deleteTeam("ops", null);
		assertThat(activeGrants()).isZero();
	}

	@Test
	void asksBeforeANodeBecomesExclusiveAndForeignLinesGo() {
		Node node = node("web1");
		becomes("web1", Mode.EXCLUSIVE, null);
		becomes("web1", Mode.ADDITIVE, null);
		observe(node.id(), "deploy", "ssh-ed25519 AAAA1 by hand", AccountState.Status.EXTRA);
		observe(node.id(), "root", "ssh-ed25519 AAAA2 kept", AccountState.Status.IN_PLACE);
		becomes("web1", Mode.OBSERVE, null);
		RemovalPreview preview = refusal(() -> becomes("web1", Mode.EXCLUSIVE, null));
		assertThat(preview.accounts()).singleElement().satisfies((account) -> {
			assertThat(account.account()).isEqualTo("deploy");
			assertThat(account.remove()).extracting(RemovalPreview.Line::text)
				.containsExactly("ssh-ed25519 AAAA1 by hand");
		});
		assertThat(this.nodes.get("web1").management().mode()).isEqualTo(Mode.OBSERVE);
		becomes("web1", Mode.EXCLUSIVE, preview.digest());
		assertThat(this.nodes.get("web1").management().mode()).isEqualTo(Mode.EXCLUSIVE);
		this.removals.carryOut(RemovalScope.node("web1"), null, () -> this.nodes
			.put(new NodeDraft("web1", "192.0.2.7", 22, "root", Privilege.ROOT, Mode.EXCLUSIVE, Map.of()), null));
	}

	/** Lines that are only counted were not shown. */
	@Test
	void confirmsNothingForAnAccountOfWhichNotAllWasShown() {
		Node node = node("web1");
		observe(node.id(), "alice", "ssh-ed25519 AAAA1 by hand", AccountState.Status.EXTRA);
		List<AccountState.Entry> entries = IntStream.rangeClosed(0, KeptEntries.MOST_OF_AN_ACCOUNT)
			.mapToObj((number) -> new AccountState.Entry(null, null, "# " + number, null, List.of(), "",
					AccountState.Origin.FOREIGN, AccountState.Status.EXTRA))
			.toList();
		replace(node.id(), new AccountState("deploy", "/home/deploy", NodeState.IN_SYNC, null, entries), null, null);
		RemovalPreview preview = refusal(() -> becomes("web1", Mode.EXCLUSIVE, null));
		becomes("web1", Mode.EXCLUSIVE, preview.digest());
		assertThat(this.accountFiles.of(node.id()).get("alice").exclusive()).isTrue();
		assertThat(this.accountFiles.of(node.id())).doesNotContainKey("deploy");
	}

	@Test
	void nobodyChangesTheTeamBetweenThePreviewAndTheChange() {
		person("alice");
		person("bob");
		team("ops", "alice");
		CompletableFuture<Void> other = this.removals.carryOut(RemovalScope.team("ops"), null, () -> {
			CompletableFuture<Void> joining = CompletableFuture.runAsync(() -> this.teams.addMember("ops", "bob"));
			assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> joining.get(300, TimeUnit.MILLISECONDS));
			this.teams.removeMember("ops", "alice");
			return joining;
		});
		assertThat(other).succeedsWithin(Patience.of(Duration.ofSeconds(20)));
		assertThat(this.teams.get("ops").members()).containsExactly("bob");
	}

	@Test
	void costsAsManyQueriesForManyNodesAsForOne() {
		person("alice");
		team("ops", "alice");
		node("web0");
		this.clusters.create("prod", null, List.of("web0"));
		grant("team:ops", "cluster:prod");
		long few = queriesOfNothing();
		for (int i = 1; i < 30; i++) {
			node("web" + i);
			this.clusters.addNode("prod", "web" + i);
			person("person" + i);
			this.teams.addMember("ops", "person" + i);
		}
		assertThat(queriesOfNothing()).isEqualTo(few);
	}

	@Test
	void storesALineOnceHoweverOftenItsRemovalIsTried() {
		NodeId node = node("web1").id();
		String key = SampleKeys.ed25519();
		for (int i = 0; i < 3; i++) {
			storeRemoved(node, "deploy", lines(key + " Bob\r\n\n# note\n"), now(i));
		}
		List<RemovedLine> found = list(node, null);
		assertThat(found).extracting(RemovedLine::line).containsExactlyInAnyOrder(key + " Bob", "# note");
		assertThat(found).allSatisfy((line) -> assertThat(line.removedAt()).isEqualTo(now(2)));
		RemovedLine removed = list(node, "bOB").get(0);
		String fingerprint = String.valueOf(removed.fingerprint()).substring(10, 30);
		assertThat(list(node, fingerprint)).containsExactly(removed);
		assertThat(list(node, "100%")).isEmpty();
	}

	@Test
	void restoresALineByteForByteAndWakesTheNode() {
		NodeId node = node("web1").id();
		String line = SampleKeys.ed25519() + "  two blanks\r\n";
		storeRemoved(node, "deploy", lines(line), now(0));
		long id = list(node, null).get(0).id();
		long wanted = generation("web1");
		assertThat(this.removedLines.restore("web1", id).restoredBy()).isEqualTo("latchkey");
		this.removedLines.restore("web1", id);
		assertThat(generation("web1")).isEqualTo(wanted + 1);
		assertThat(this.removedLineRepository.kept(node).get("deploy")).singleElement()
			.satisfies((kept) -> assertThat(kept.bytes()).isEqualTo(line.getBytes(StandardCharsets.UTF_8)));
		assertThat(this.trail.list(Pageable.unpaged()).getContent().get(0).action()).isEqualTo("line.restored");
		assertThat(this.removedLines.letGo("web1", id).restoredAt()).isNull();
		assertThat(this.removedLineRepository.kept(node)).isEmpty();
		assertThat(this.trail.list(Pageable.unpaged()).getContent().get(0).action()).isEqualTo("line.let-go");
	}

	private long queriesOfNothing() {
		Statistics statistics = this.entities.unwrap(SessionFactory.class).getStatistics();
		statistics.setStatisticsEnabled(true);
		statistics.clear();
		this.removals.carryOut(RemovalScope.team("ops"), null, () -> "nothing");
		return statistics.getPrepareStatementCount();
	}

	private static RemovalPreview refusal(Runnable change) {
		ConfirmationNeededException refused = catchThrowableOfType(ConfirmationNeededException.class, change::run);
		assertThat(refused).as("was not asked").isNotNull();
		return refused.preview();
	}

	private void deleteTeam(String name, String confirmed) {
		this.removals.carryOut(RemovalScope.team(name), confirmed, () -> this.teams.delete(name));
	}

	private void deleteIdentity(String name, String confirmed) {
		this.removals.carryOut(RemovalScope.identity(name), confirmed, () -> this.identities.delete(name));
	}

	private void put(String team, String... members) {
		this.removals.carryOut(RemovalScope.team(team), null, () -> this.teams.put(team, null, List.of(members), null));
	}

	private void removeMember(String team, String member, String confirmed) {
		this.removals.carryOut(RemovalScope.team(team), confirmed, () -> this.teams.removeMember(team, member));
	}

	private void becomes(String name, Mode mode, String confirmed) {
		this.removals.carryOut(RemovalScope.node(name), confirmed, () -> this.nodes.put(draft(name, mode), null));
	}

	private void observe(NodeId node, String account, String line, AccountState.Status status) {
		AccountState.Entry entry = new AccountState.Entry(null, null, line, null, List.of(), "",
				AccountState.Origin.FOREIGN, status);
		replace(node, new AccountState(account, "/home/" + account, NodeState.IN_SYNC, null, List.of(entry)), null,
				null);
	}

	private void person(String name) {
		this.identities.create(new IdentityDraft(name, IdentityKind.PERSON, null, null));
		this.identities.addKey(name, SampleKeys.ed25519(), null, null);
	}

	private void team(String name, String... members) {
		this.teams.create(name, null, List.of(members));
	}

	private Node node(String name) {
		NodeId id = this.nodes.create(draft(name, Mode.ADDITIVE)).id();
		this.nodes.markEnrolled(id);
		return this.nodes.get(name);
	}

	private static NodeDraft draft(String name, Mode mode) {
		return new NodeDraft(name, "192.0.2.1", 22, "root", Privilege.ROOT, mode, Map.of());
	}

	private void grant(String subject, String target) {
		this.grants.issue(new GrantDraft(Subject.parse(subject), Target.parse(target), "deploy", null, null, null, null,
				GrantOptions.NONE));
	}

	private long activeGrants() {
		return this.grants.list(new GrantQuery(null, null, GrantStatus.ACTIVE, null, null), Pageable.ofSize(10))
			.getTotalElements();
	}

	private long records() {
		return this.trail.list(Pageable.ofSize(1)).getTotalElements();
	}

	private long generation(String node) {
		return this.nodeStates.find(this.nodes.idOf(node)).orElseThrow().demand().wanted();
	}

	private List<RemovedLine> list(NodeId node, String query) {
		return new ArrayList<>(this.removedLines.list(node, query, Pageable.ofSize(50)).getContent());
	}

	private static List<AuthorizedKeysFile.Line> lines(String text) {
		return AuthorizedKeysFile.parse(text.getBytes(StandardCharsets.UTF_8)).lines();
	}

	private static Instant now(int seconds) {
		return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(seconds);
	}

	private void replace(NodeId node, AccountState state, @Nullable String contentHash, @Nullable String desiredHash) {
		StatementBatch batch = new StatementBatch();
		this.accountStates.replace(batch, node, state, contentHash, desiredHash);
		batch.send(this.batches);
	}

	private void storeRemoved(NodeId node, String account, List<AuthorizedKeysFile.Line> lines, Instant now) {
		StatementBatch batch = new StatementBatch();
		this.removedLineRepository.store(batch, node, account, lines, now);
		batch.send(this.batches);
	}

}
