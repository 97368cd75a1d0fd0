package io.latchkey.passwords;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.latchkey.Patience;
import io.latchkey.SampleKeys;
import io.latchkey.Tables;
import io.latchkey.UnscheduledTest;
import io.latchkey.audit.AuditQuery;
import io.latchkey.audit.AuditRecord;
import io.latchkey.audit.AuditTrail;
import io.latchkey.core.Actor;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.PublicKey;
import io.latchkey.passwords.PasswordChoice.Passwords;
import io.latchkey.passwords.PasswordChoice.RootLogin;
import io.latchkey.passwords.PasswordRound.OnNode;
import io.latchkey.passwords.PasswordRound.Outcome;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/** What is kept of logins by password, and of their changes on the nodes of a cluster. */
@UnscheduledTest
class PasswordRoundsDataTests {

	private static final PasswordChoice OFF = new PasswordChoice(Passwords.OFF, RootLogin.KEY_ONLY);

	private static final Actor CAROL = new Actor("carol".repeat(40), Actor.Via.API);

	private static final String DIGEST = "0123456789abcdef".repeat(2);

	private static final String WIDE = Character.toString(0x1F511);

	@Autowired
	private PasswordRounds rounds;

	@Autowired
	private PasswordRecorder recorder;

	@Autowired
	private PasswordRoundRepository repository;

	@Autowired
	private PasswordLoginRepository logins;

	@Autowired
	private PasswordSwitches switches;

	@Autowired
	private Nodes nodes;

	@Autowired
	private Clusters clusters;

	@Autowired
	private AuditTrail audit;

	@Autowired
	private Tables tables;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private NamedParameterJdbcOperations batches;

	private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

	private Node one;

	private Node two;

	@BeforeEach
	void addNodes() {
		this.one = node("db1", 22);
		this.two = node("db2", 22);
	}

	@AfterEach
	void clear() {
		this.tables.clear();
	}

	/** What was decided for the nodes of one is nothing to another of its name. */
	@Test
	void goesWithItsCluster() {
		this.clusters.create("db", null, List.of("db1"));
		begin("db", OFF, this.one);
		this.clusters.delete("db");
		this.clusters.create("db", null, List.of("db2"));
		assertThat(this.rounds.last("db")).isEmpty();
		assertThat(this.jdbc.sql("select count(*) from password_round_node").query(Long.class).single()).isZero();
	}

	@Test
	void tellsWhatBecameOfEachNode() {
		PasswordRound round = begin("db", OFF, this.one, this.two);
		assertThat(round).usingRecursiveComparison()
			.ignoringFields("id", "askedAt")
			.isEqualTo(new PasswordRound(0, "db", OFF, CAROL, this.now, false, List
				.of(new OnNode("db1", Outcome.WAITING, null, null), new OnNode("db2", Outcome.WAITING, null, null))));
		assertThat(round.broken()).isTrue();
		assertThat(this.repository.waiting(round.id())).isEqualTo(Map.of("db1", DIGEST, "db2", DIGEST));
		assertThat(login(this.one).unsettledUntil()).isAfter(this.now.plusSeconds(60));
		this.recorder.end(this.one, round, PasswordChange.done("db1", PasswordState.PARTLY, List.of("a", "b")));
		this.recorder.end(this.two, round, PasswordChange.refused("db2", PasswordState.ON, "\0" + WIDE.repeat(3_000)));
		assertThat(round("db").nodes()).containsExactly(new OnNode("db1", Outcome.DONE, PasswordState.PARTLY, null),
				new OnNode("db2", Outcome.LEFT, PasswordState.ON, "\u2400" + WIDE.repeat(999)));
		assertThat(this.repository.waiting(round.id())).isEmpty();
		assertThat(login(this.one)).satisfies((login) -> {
			assertThat(login.choice()).isEqualTo(OFF);
			assertThat(login.decidedAt()).isNotNull();
			assertThat(login.exceptions()).containsExactly("a", "b");
			assertThat(login.unsettledUntil()).isNull();
		});
		assertThat(login(this.two)).satisfies((login) -> {
			assertThat(login.choice()).isEqualTo(PasswordChoice.NOTHING);
			assertThat(login.unsettledUntil()).isNull();
		});
		assertThat(actors("node:db1", "node.password-login-decided")).containsExactly(CAROL);
		assertThat(actors("node:db2", "node.password-login-decided")).isEmpty();
	}

	@Test
	void replacesTheOneBeforeOfTheSameCluster() {
		PasswordRound other = begin("web", OFF, this.two);
		PasswordRound before = begin("db", OFF, this.one, this.two);
		PasswordRound after = begin("db", PasswordChoice.NOTHING, this.one);
		assertThat(after.id()).isNotEqualTo(before.id());
		assertThat(round("db")).isEqualTo(after);
		assertThat(after.nodes()).extracting(OnNode::node).containsExactly("db1");
		assertThat(round("web")).isEqualTo(other);
		assertThat(this.repository.waiting(before.id())).isEmpty();
	}

	@Test
	void isOnRecordAlsoWhereTheNodeGoesMeanwhile() {
		PasswordRound round = begin("db", OFF, this.one, this.two);
		this.nodes.delete("db1");
		this.recorder.end(this.one, round, PasswordChange.done("db1", PasswordState.OFF, List.of()));
		assertThat(round("db").nodes()).extracting(OnNode::outcome).containsExactly(Outcome.DONE, Outcome.WAITING);
		assertThat(this.switches.of(this.one.id())).isEmpty();
		assertThat(actors("node:db1", "node.password-login-decided")).containsExactly(CAROL);
	}

	@Test
	void goesOnWithoutTheNodesThatAreGone() {
		this.clusters.create("db", null, List.of("db1"));
		begin("db", OFF, this.one);
		this.nodes.delete("db1");
		assertThat(this.rounds.goOn("db").nodes()).singleElement().satisfies((node) -> {
			assertThat(node.outcome()).isEqualTo(Outcome.LEFT);
			assertThat(node.detail()).isNotBlank();
		});
		assertRefused("cluster", "passwords.none-waits", () -> this.rounds.goOn("db"));
	}

	@Test
	void theSecondIsRefusedWhileTheFirstIsUnderWay() throws Exception {
		PasswordDemand on = new PasswordDemand(PasswordChoice.NOTHING, PasswordDemand.Console.NOT_CONFIRMED, null);
		PasswordRound first;
		try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			enrolled(node("db3", silent.getLocalPort()));
			this.clusters.create("db", null, List.of("db1", "db3"));
			assertRefused("seen", "passwords.none",
					() -> this.rounds.begin("db", on, Map.of("db1", DIGEST, "db2", DIGEST)));
			first = this.rounds.begin("db", on, Map.of("db1", DIGEST, "db3", DIGEST));
			assertThat(first.underWay()).isTrue();
			assertThat(first.nodes()).extracting(OnNode::node).containsExactly("db3");
			assertRefused("cluster", "passwords.under-way", () -> this.rounds.begin("db", on, Map.of("db3", DIGEST)));
			assertRefused("cluster", "passwords.under-way", () -> this.rounds.goOn("db"));
			assertThat(round("db").id()).isEqualTo(first.id());
		}
		this.rounds.await(first, Patience.of(Duration.ofSeconds(60)));
		assertThat(this.rounds.last("db")).hasValueSatisfying((last) -> {
			assertThat(last.underWay()).isFalse();
			assertThat(last.nodes()).extracting(OnNode::outcome, OnNode::state)
				.containsExactly(tuple(Outcome.LEFT, PasswordState.UNKNOWN));
		});
	}

	/** They come from outside, and are kept. */
	@Test
	void takesNothingForADigestThatIsNone() throws Exception {
		enrolled(this.one);
		this.clusters.create("db", null, List.of("db1"));
		PasswordDemand on = new PasswordDemand(PasswordChoice.NOTHING, PasswordDemand.Console.NOT_CONFIRMED, null);
		for (String digest : Arrays.asList(null, "", "\0", DIGEST + "0", DIGEST.toUpperCase(Locale.ROOT),
				"a".repeat(5_000))) {
			assertThatExceptionOfType(InvalidInputException.class)
				.isThrownBy(() -> this.rounds.begin("db", on, Collections.singletonMap("db1", digest)))
				.satisfies((ex) -> assertThat(ex.faults()).containsExactly(Fault.of("seen", "passwords.seen", "db1")));
		}
		assertThat(this.rounds.last("db")).isEmpty();
		assertThat(this.switches.of(this.one.id())).isEmpty();
	}

	/** As after a return to an older version. */
	@Test
	void whatCannotBeReadKeepsNoneOfTheOthers() {
		begin("db", OFF, this.one, this.two);
		this.jdbc.sql("update password_round_node set outcome = 'LATER', state = 'LATER' where node = 'db1'").update();
		assertThat(round("db").nodes()).containsExactly(new OnNode("db1", Outcome.LEFT, PasswordState.UNKNOWN, null),
				new OnNode("db2", Outcome.WAITING, null, null));
		this.jdbc.sql("update password_round set passwords = 'LATER'").update();
		assertThat(this.rounds.last("db")).isEmpty();
		save(login(this.one).decided(OFF, PasswordChange.done("db1", PasswordState.OFF, List.of()), this.now));
		save(login(this.two).decided(OFF, PasswordChange.done("db2", PasswordState.OFF, List.of()), this.now));
		this.jdbc.sql("update password_login set root_login = 'LATER', state = 'LATER' where node_id = ?")
			.param(this.one.id().value())
			.update();
		Map<NodeId, PasswordLogin> both = this.switches.of(List.of(this.one.id(), this.two.id()));
		assertThat(both.get(this.one.id())).satisfies((login) -> {
			assertThat(login.choice()).as("half of a choice is none").isEqualTo(PasswordChoice.NOTHING);
			assertThat(login.state()).isEqualTo(PasswordState.UNKNOWN);
		});
		assertThat(both.get(this.two.id()).choice()).isEqualTo(OFF);
	}

	@Test
	void whatWasSeenYieldsToWhatWasDecidedMeanwhile() {
		PasswordLogin undecided = PasswordLogin.unknown(this.one.id(), this.now.minusSeconds(90));
		save(undecided);
		PasswordLogin drifted = undecided.seen(PasswordState.ON, List.of("\0" + WIDE.repeat(3_000)), this.now);
		noteSeen(undecided, drifted);
		assertThat(login(this.one).drift()).isEqualTo("\u2400" + WIDE.repeat(999));
		assertThat(this.switches.drifted()).extracting(PasswordLogin::node).containsExactly(this.one.id());
		PasswordLogin decided = login(this.one).decided(OFF, PasswordChange.done("db1", PasswordState.OFF, List.of()),
				this.now.plusSeconds(1));
		save(decided);
		noteSeen(decided.unsettled(this.now), decided.seen(PasswordState.ON, List.of("it is on"), this.now));
		assertThat(login(this.one).warnings()).containsExactly("it is on");
		PasswordLogin again = login(this.one).decided(OFF, PasswordChange.done("db1", PasswordState.OFF, List.of()),
				this.now.plusSeconds(2));
		save(again);
		noteSeen(decided, decided.seen(PasswordState.ON, List.of("late"), this.now.plusSeconds(3)));
		assertThat(login(this.one)).isEqualTo(again);
		save(again.unsettled(this.now.plusSeconds(600)));
		noteSeen(again, again.seen(PasswordState.ON, List.of("on trial"), this.now.plusSeconds(4)));
		assertThat(login(this.one)).isEqualTo(again.unsettled(this.now.plusSeconds(600)));
		assertThat(this.switches.drifted()).isEmpty();
	}

	private PasswordRound begin(String cluster, PasswordChoice choice, Node... on) {
		Map<String, String> seen = Arrays.stream(on).collect(Collectors.toMap(Node::name, (node) -> DIGEST));
		this.recorder.beginRound(cluster, List.of(on), choice, seen, CAROL);
		return round(cluster);
	}

	private PasswordRound round(String cluster) {
		return this.repository.of(cluster).orElseThrow();
	}

	private PasswordLogin login(Node node) {
		return this.switches.of(node.id()).orElseThrow();
	}

	private void save(PasswordLogin login) {
		StatementBatch batch = new StatementBatch();
		this.logins.save(batch, login, this.logins.find(login.node()).isPresent());
		batch.send(this.batches);
	}

	private void noteSeen(PasswordLogin before, PasswordLogin seen) {
		StatementBatch batch = new StatementBatch();
		this.logins.noteSeen(batch, before, seen);
		batch.send(this.batches);
	}

	private List<Actor> actors(String subject, String action) {
		return this.audit.list(new AuditQuery(null, action, subject, null, null, null), PageRequest.of(0, 20))
			.map(AuditRecord::actor)
			.getContent();
	}

	private static void assertRefused(String field, String code, ThrowingCallable begin) {
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(begin)
			.satisfies((ex) -> assertThat(ex.faults()).containsExactly(Fault.of(field, code)));
	}

	private void enrolled(Node node) throws Exception {
		PublicKey key = PublicKey.parse(SampleKeys.ed25519());
		this.jdbc.sql("insert into node_host_key (node_id, fingerprint, public_key) values (?, ?, ?)")
			.params(node.id().value(), key.fingerprint().value(), key.render())
			.update();
		this.jdbc.sql("update node set enrolled = true where id = ?").param(node.id().value()).update();
	}

	private Node node(String name, int port) {
		return this.nodes
			.create(new NodeDraft(name, "127.0.0.1", port, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()));
	}

}
