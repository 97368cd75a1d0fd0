package io.latchkey.logins;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.latchkey.StatementCounter;
import io.latchkey.Tables;
import io.latchkey.UnscheduledTest;
import io.latchkey.conversation.logs.LogPosition;
import io.latchkey.conversation.logs.ServerLog;
import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.core.StatementBatch;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityKind;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What is kept of what a node's log says.
 */
@UnscheduledTest
class LoginRecordingDataTests {

	private static final PageRequest FIRST = PageRequest.of(0, 500);

	private static final SshKeyPair HERS = SshKeys.generate();

	private static final SshKeyPair NOBODYS = SshKeys.generate();

	@Autowired
	private Logins logins;

	@Autowired
	private PasswordUses passwordUses;

	@Autowired
	private LoginRecorder recorder;

	@Autowired
	private LoginLogRepository logs;

	@Autowired
	private Nodes nodes;

	@Autowired
	private Identities identities;

	@Autowired
	private Grants grants;

	@Autowired
	private ManagementKeys managementKeys;

	@Autowired
	private StatementCounter statements;

	@Autowired
	private Tables tables;

	@Autowired
	private TransactionTemplate transactions;

	@Autowired
	private NamedParameterJdbcOperations jdbc;

	private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

	private NodeId node;

	private int visit;

	@BeforeEach
	void addNode() {
		this.node = node("db1");
	}

	@AfterEach
	void clear() {
		this.tables.clear();
	}

	@Test
	void tellsWhoCameInByWhichGrant() {
		Grant grant = grant();
		Instant at = Instant.now().plusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
		record(ServerLog.Source.JOURNAL, accepted(at, "root", HERS.fingerprint(), 5));
		assertThat(all()).singleElement().satisfies((login) -> {
			assertThat(login.node()).isEqualTo("db1");
			assertThat(login.account()).isEqualTo("root");
			assertThat(login.identity()).isEqualTo("alice");
			assertThat(login.grant()).isEqualTo(grant.id().value());
			assertThat(login.standing()).isEqualTo(Standing.GRANTED);
			assertThat(login.address()).isEqualTo("192.0.2.7");
			assertThat(login.at()).isEqualTo(at);
			assertThat(login.proved()).isTrue();
		});
		assertThat(this.logins.lastUsesOfGrants(List.of(grant.id().value()))).hasSize(1);
	}

	/**
	 * Who came in at once came by the grant, though the log's second began before it did.
	 */
	@Test
	void aLogTellsTheSecondAlone() {
		Grant grant = grant();
		Instant second = grant.startsAt().truncatedTo(ChronoUnit.SECONDS);
		record(ServerLog.Source.JOURNAL, accepted(second.minusSeconds(1), "root", HERS.fingerprint(), 5),
				accepted(second.minusSeconds(4), "root", HERS.fingerprint(), 6));
		assertThat(all()).extracting(Login::standing).containsExactly(Standing.GRANTED, Standing.UNGRANTED);
	}

	@Test
	void tellsThatAKeyLetInWhichNobodyHadGrantedThen() {
		grant();
		record(ServerLog.Source.SYSLOG, accepted(this.now.minusSeconds(600), "root", HERS.fingerprint(), 5),
				accepted(this.now.minusSeconds(60), "deploy", HERS.fingerprint(), 6),
				accepted(this.now.minusSeconds(6), "root", NOBODYS.fingerprint(), 7));
		assertThat(all()).extracting(Login::standing).containsOnly(Standing.UNGRANTED);
		assertThat(all()).extracting(Login::identity).containsExactly(null, "alice", "alice");
		assertThat(all()).extracting(Login::proved).containsOnly(false);
		assertThat(this.logins.ungranted(this.now.minusSeconds(100))).hasSize(2);
	}

	@Test
	void countsLatchkeysOwnLoginsAndRefusals() {
		String own = this.managementKeys.publicKey().fingerprint().value();
		record(ServerLog.Source.JOURNAL, accepted(this.now.minusSeconds(3), "root", own, 5),
				accepted(this.now.minusSeconds(2), "root", own, 6),
				refused(this.now.minusSeconds(2), "root", "192.0.2.8", 7),
				refused(this.now.minusSeconds(2), "root", "192.0.2.8", 7));
		record(ServerLog.Source.JOURNAL, accepted(this.now.minusSeconds(1), "root", own, 7),
				refused(this.now.minusSeconds(1), "root", "192.0.2.8", 8));
		assertThat(all()).extracting(Login::outcome, Login::times)
			.containsExactlyInAnyOrder(tuple(Login.Outcome.ACCEPTED, 3), tuple(Login.Outcome.REFUSED, 2));
	}

	@Test
	void keepsABoundedNumberOfWhatBruteForceBrings() {
		String[] lines = IntStream.range(0, 5_000)
			.mapToObj((i) -> refused(this.now, "invalid user x" + i, "10.0.%d.%d".formatted(i / 250, i % 250), i))
			.toArray(String[]::new);
		record(ServerLog.Source.SYSLOG, lines);
		assertThat(all()).hasSizeLessThan(210);
		assertThat(all()).extracting(Login::times)
			.satisfies((times) -> assertThat(times.stream().mapToInt(Integer::intValue).sum()).isEqualTo(5_000));
	}

	/**
	 * To syslog anybody may write; what cannot be stored would keep the node's runs from
	 * being recorded.
	 */
	@Test
	void forgedLinesKeepNothingFromBeingRecorded() {
		String wide = Character.toString(0x1F511).repeat(100);
		record(ServerLog.Source.SYSLOG, refused(this.now, wide.repeat(3), wide, 1), refused(this.now, "root", wide, 2),
				refused(this.now, "ro\u0000ot\u202e", "192.0.2.9", 3),
				refused(this.now, wide.repeat(5), "192.0.2.9", 4),
				accepted(this.now, "root", NOBODYS.fingerprint() + wide, 5),
				accepted(this.now, "root", NOBODYS.fingerprint(), 6));
		assertThat(all()).extracting(Login::outcome, Login::address)
			.contains(tuple(Login.Outcome.ACCEPTED, "192.0.2.7"), tuple(Login.Outcome.REFUSED, "192.0.2.9"))
			.doesNotContain(tuple(Login.Outcome.REFUSED, wide));
	}

	@Test
	void whateverANodeSaysOfItsLogIsRecorded() {
		ServerLog log = new ServerLog(ServerLog.Source.SYSLOG, List.of(), position(), false,
				"a" + Character.toString(0x1F511).repeat(400));
		store(List.of(new NodeLog(this.node, "db1", begin(), log, facts(), this.now)));
		assertThat(begin().failure()).startsWith("a").hasSizeLessThanOrEqualTo(500);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new LogPosition("file 1 1 /" + Character.toString(0x1F511).repeat(2_000), null));
	}

	@Test
	void recordsNoLineTwice() {
		LoginLogRepository.ReadLog before = begin();
		NodeLog read = log(before, ServerLog.Source.JOURNAL, false,
				accepted(this.now, "root", NOBODYS.fingerprint(), 5));
		store(List.of(read));
		store(List.of(read));
		assertThat(all()).hasSize(1);
	}

	@Test
	void readsNothingTwiceWhereItBeginsAnew() {
		record(ServerLog.Source.JOURNAL, accepted(this.now.minusSeconds(60), "root", NOBODYS.fingerprint(), 5));
		LoginLogRepository.ReadLog before = begin();
		LoginLogRepository.ReadLog anew = new LoginLogRepository.ReadLog(this.node, LogPosition.NONE, before.readAt(),
				before.readUntil(), null, null, null, null);
		assertThat(log(anew, ServerLog.Source.SYSLOG, true,
				accepted(this.now.minusSeconds(60), "root", NOBODYS.fingerprint(), 5),
				accepted(this.now.minusSeconds(30), "root", NOBODYS.fingerprint(), 6))
			.events()
			.events()).hasSize(1);
	}

	@Test
	void saysWhereThereIsAGap() {
		record(ServerLog.Source.JOURNAL, accepted(this.now.minusSeconds(60), "root", NOBODYS.fingerprint(), 5));
		store(List.of(log(begin(), ServerLog.Source.JOURNAL, true,
				accepted(this.now.minusSeconds(6), "root", NOBODYS.fingerprint(), 5))));
		assertThat(this.logins.reading(this.node)).hasValueSatisfying((reading) -> {
			assertThat(reading.gapFrom()).isEqualTo(this.now.minusSeconds(60));
			assertThat(reading.gapUntil()).isNotNull();
		});
	}

	@Test
	void correctsTheClockOfTheNode() {
		LoginLogRepository.ReadLog before = begin();
		NodeFacts ahead = new NodeFacts(0, this.now.plusSeconds(3_600), ZoneOffset.UTC, Duration.ofHours(1),
				"OpenSSH_9.2");
		ServerLog log = new ServerLog(ServerLog.Source.JOURNAL,
				List.of(accepted(this.now.plusSeconds(3_590), "root", NOBODYS.fingerprint(), 5)), position(), false,
				null);
		store(List.of(new NodeLog(this.node, "db1", before, log, ahead, this.now)));
		assertThat(all()).extracting(Login::at).containsExactly(this.now.minusSeconds(10));
	}

	@Test
	void takesAFixedNumberOfStatementsForManyNodes() {
		List<NodeId> more = IntStream.range(0, 30).mapToObj((i) -> node("web" + i)).toList();
		this.statements.take();
		store(List
			.of(log(begin(), ServerLog.Source.JOURNAL, false, accepted(this.now, "root", NOBODYS.fingerprint(), 5))));
		int one = this.statements.take();
		store(more.stream()
			.map((each) -> new NodeLog(each, "web" + more.indexOf(each),
					LoginLogRepository.ReadLog.nothing(each, this.now),
					new ServerLog(ServerLog.Source.JOURNAL,
							List.of(accepted(this.now, "root", NOBODYS.fingerprint(), 5)), position(), false, null),
					facts(), this.now))
			.toList());
		int many = this.statements.take();
		assertThat(many).isLessThanOrEqualTo(one + 1);
	}

	@Test
	void forgetsWhatIsOld() {
		record(ServerLog.Source.JOURNAL, accepted(this.now, "root", NOBODYS.fingerprint(), 5),
				accepted(this.now.minus(Duration.ofDays(91)), "root", NOBODYS.fingerprint(), 5));
		assertThat(all()).hasSize(1);
		this.logins.forgetOld();
		assertThat(all()).hasSize(1);
	}

	@Test
	void findsByEachFilter() {
		grant();
		record(ServerLog.Source.JOURNAL, accepted(this.now, "root", HERS.fingerprint(), 5),
				refused(this.now, "root", "192.0.2.8", 7));
		assertThat(found(new LoginQuery("alice", "db1", "root", "192.0.2.7", HERS.fingerprint(), null,
				Login.Outcome.ACCEPTED, null, this.now.minusSeconds(1), this.now.plusSeconds(60))))
			.hasSize(1);
		assertThat(found(new LoginQuery(null, null, null, null, null, null, Login.Outcome.REFUSED, null, null, null)))
			.hasSize(1);
		assertThat(
				found(new LoginQuery(null, null, null, null, null, null, null, null, null, this.now.minusSeconds(60))))
			.isEmpty();
	}

	@Test
	void tellsWhoCameByPassword() {
		record(ServerLog.Source.SYSLOG, byPassword(this.now.minusSeconds(60), "root", 5),
				byPassword(this.now.minusSeconds(30), "deploy", 6), byPassword(this.now.minusSeconds(20), "deploy", 7),
				accepted(this.now, "backup", HERS.fingerprint(), 8), refused(this.now, "admin", "192.0.2.8", 9));
		assertThat(this.passwordUses.on(List.of("db1", "other"), this.now.minusSeconds(3_600))).containsOnlyKeys("db1")
			.satisfies((uses) -> assertThat(uses.get("db1")).containsExactly(
					new PasswordUse("db1", "deploy", this.now.minusSeconds(20), 2, false),
					new PasswordUse("db1", "root", this.now.minusSeconds(60), 1, false)));
		assertThat(this.passwordUses.on(List.of("db1"), this.now.minusSeconds(10))).isEmpty();
	}

	@Test
	void marksWhoComesFromANewAddress() {
		grant();
		record(ServerLog.Source.JOURNAL, from("192.0.2.7", this.now.minusSeconds(90), HERS),
				from("192.0.2.8", this.now.minusSeconds(80), HERS));
		assertThat(this.logins.fromNewAddresses(this.now.minusSeconds(600))).as("what was before the first look")
			.isEmpty();
		record(ServerLog.Source.JOURNAL, from("192.0.2.8", this.now.minusSeconds(70), HERS),
				from("2001:db8::1", this.now.minusSeconds(60), HERS),
				from("2001:db8::2", this.now.minusSeconds(50), HERS), from("192.0.2.9", this.now, NOBODYS));
		assertThat(this.logins.fromNewAddresses(this.now.minusSeconds(600))).extracting(Login::address)
			.containsExactly("2001:db8::1");
		assertThat(found(new LoginQuery(null, null, null, null, null, null, null, null, null, null, null, true)))
			.hasSize(1);
	}

	@Test
	void findsByMethod() {
		record(ServerLog.Source.JOURNAL, byPassword(this.now, "root", 5),
				accepted(this.now, "root", HERS.fingerprint(), 6));
		for (LoginQuery.Method method : LoginQuery.Method.values()) {
			assertThat(found(new LoginQuery(null, null, null, null, null, null, null, null, null, null, method, false)))
				.hasSize(1);
		}
	}

	private List<Login> all() {
		return found(LoginQuery.ALL);
	}

	private List<Login> found(LoginQuery query) {
		return this.logins.list(query, FIRST).getContent();
	}

	private Grant grant() {
		this.identities.create(new IdentityDraft("alice", IdentityKind.PERSON, null, null));
		this.identities.addKey("alice", HERS.publicKey(), null, null);
		return this.grants.issue(new GrantDraft(new Subject(Subject.Kind.IDENTITY, "alice"),
				new Target(Target.Kind.NODE, "db1"), "root", null, Duration.ofHours(1), null, null, GrantOptions.NONE));
	}

	private NodeId node(String name) {
		return this.nodes
			.create(new NodeDraft(name, "node.example", 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()))
			.id();
	}

	private void record(ServerLog.Source source, String... lines) {
		store(List.of(log(begin(), source, false, lines)));
	}

	private void store(List<NodeLog> read) {
		this.transactions.executeWithoutResult((status) -> {
			StatementBatch batch = new StatementBatch();
			this.recorder.record(read, batch);
			batch.send(this.jdbc);
		});
	}

	private LoginLogRepository.ReadLog begin() {
		return this.logs.of(List.of(this.node))
			.getOrDefault(this.node, LoginLogRepository.ReadLog.nothing(this.node, this.now));
	}

	private NodeLog log(LoginLogRepository.ReadLog before, ServerLog.Source source, boolean gap, String... lines) {
		return new NodeLog(this.node, "db1", before, new ServerLog(source, List.of(lines), position(), gap, null),
				facts(), Instant.now().plusSeconds(5));
	}

	private LogPosition position() {
		return LogPosition.parse("- since %d".formatted(++this.visit));
	}

	private NodeFacts facts() {
		return new NodeFacts(0, this.now, ZoneOffset.UTC, Duration.ZERO, "OpenSSH_9.2");
	}

	private static String accepted(Instant at, String account, @Nullable String key, int port) {
		return "%s db1 sshd[1]: Accepted publickey for %s from 192.0.2.7 port %d ssh2: ED25519 %s"
			.formatted(at.toString().replace("Z", "+0000"), account, port, key);
	}

	private static String byPassword(Instant at, String account, int port) {
		return "%s db1 sshd[1]: Accepted password for %s from 192.0.2.7 port %d ssh2"
			.formatted(at.toString().replace("Z", "+0000"), account, port);
	}

	private static String from(String address, Instant at, SshKeyPair key) {
		return "%s db1 sshd[1]: Accepted publickey for root from %s port 5 ssh2: ED25519 %s"
			.formatted(at.toString().replace("Z", "+0000"), address, key.fingerprint());
	}

	private static String refused(Instant at, String account, String address, int port) {
		return "%s db1 sshd[%d]: Failed password for %s from %s port %d ssh2"
			.formatted(at.toString().replace("Z", "+0000"), port, account, address, port);
	}

}
