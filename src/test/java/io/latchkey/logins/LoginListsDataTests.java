package io.latchkey.logins;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.latchkey.SampleKeys;
import io.latchkey.Tables;
import io.latchkey.UnscheduledTest;
import io.latchkey.audit.AuditQuery;
import io.latchkey.audit.AuditRecord;
import io.latchkey.audit.AuditTrail;
import io.latchkey.conversation.logs.LogPosition;
import io.latchkey.conversation.logs.ServerLog;
import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.PublicKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/** What is told of the logins that are kept. */
@UnscheduledTest
class LoginListsDataTests {

	private static final PageRequest FIRST = PageRequest.of(0, 50);

	private static final String KEY = "SHA256:" + "A".repeat(43);

	@Autowired
	private Logins logins;

	@Autowired
	private LoginCharts charts;

	@Autowired
	private PasswordUses passwordUses;

	@Autowired
	private LoginRepository repository;

	@Autowired
	private KeyUseRepository uses;

	@Autowired
	private KnownAddressRepository addresses;

	@Autowired
	private OpenSessions sessions;

	@Autowired
	private Nodes nodes;

	@Autowired
	private AuditTrail audit;

	@Autowired
	private Tables tables;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private NamedParameterJdbcOperations batches;

	private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

	@AfterEach
	void clear() {
		this.tables.clear();
	}

	@Test
	void countsTheDaysByNodeAndByWhoseTheyAre() {
		store(login("db1", 0, "alice", Standing.GRANTED), login("db1", 0, null, Standing.NO_KEY),
				login("db2", 1, "alice", Standing.GRANTED), login("db2", 9, "alice", Standing.GRANTED),
				login("db2", 0, null, Standing.LATCHKEY), refused("db2"));
		LoginChart byNode = this.charts.of(LoginChart.By.NODE, null, null, 3);
		LocalDate today = LocalDate.ofInstant(this.now, ZoneOffset.UTC);
		assertThat(byNode.days()).containsExactly(today.minusDays(2), today.minusDays(1), today);
		assertThat(byNode.series()).containsExactly(new LoginChart.Series("db1", false, List.of(0L, 0L, 2L)),
				new LoginChart.Series("db2", false, List.of(0L, 1L, 0L)));
		assertThat(this.charts.of(LoginChart.By.IDENTITY, null, null, 3).series()).containsExactly(
				new LoginChart.Series("alice", false, List.of(0L, 1L, 1L)),
				new LoginChart.Series("", false, List.of(0L, 0L, 1L)));
		assertThat(this.charts.of(LoginChart.By.IDENTITY, "db2", "alice", 2).series())
			.containsExactly(new LoginChart.Series("alice", false, List.of(1L, 0L)));
	}

	@Test
	void countsAllFurtherNodesAsOthers() {
		store(IntStream.range(0, 9).mapToObj((i) -> login("web" + i, 0, null, Standing.NO_KEY)).toArray(Login[]::new));
		List<LoginChart.Series> series = this.charts.of(LoginChart.By.NODE, null, null, 1).series();
		assertThat(series).hasSize(6);
		assertThat(series.get(5)).isEqualTo(new LoginChart.Series("", true, List.of(4L)));
	}

	/** As after a return to an older version. */
	@Test
	void whatCannotBeReadKeepsNoneOfTheOthers() {
		store(login("db1", 0, "alice", Standing.GRANTED), login("db2", 1, "alice", Standing.GRANTED));
		this.jdbc.sql("update login set standing = 'LATER' where node = 'db1'").update();
		assertThat(this.logins.list(LoginQuery.ALL, FIRST)).extracting(Login::node, Login::standing)
			.containsExactly(tuple("db1", Standing.NO_KEY), tuple("db2", Standing.GRANTED));
		use("db1", "root", 1, Standing.GRANTED);
		use("db1", "deploy", 2, Standing.UNGRANTED);
		this.jdbc.sql("update key_use set standing = 'LATER' where account = 'root'").update();
		assertThat(this.logins.lastUsesOn("db1")).extracting(KeyUse::account, KeyUse::standing)
			.containsExactly(tuple("root", Standing.NO_KEY), tuple("deploy", Standing.UNGRANTED));
	}

	@Test
	void tellsTheLastOfAHundredWhoCameByPassword() {
		this.nodes.create(new NodeDraft("db1", "127.0.0.1", 1, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()));
		store(IntStream.rangeClosed(0, PasswordUses.MOST_OF_A_NODE)
			.mapToObj((i) -> new Login(0, ago(i), ago(i), 2, "db1", "account" + i, Login.Outcome.ACCEPTED, "password",
					"192.0.2.7", null, Standing.NO_KEY, null, null, i % 2 == 0))
			.toArray(Login[]::new));
		List<PasswordUse> all = this.passwordUses.on(Set.of("db1"), ago(5_000)).get("db1");
		assertThat(all).hasSize(PasswordUses.MOST_OF_A_NODE)
			.startsWith(new PasswordUse("db1", "account0", ago(0), 2, true),
					new PasswordUse("db1", "account1", ago(1), 2, false))
			.extracting(PasswordUse::account)
			.doesNotContain("account" + PasswordUses.MOST_OF_A_NODE);
	}

	@Test
	void keepsFromWhereTheyCameAndForgetsWhatIsOld() {
		KnownAddress old = new KnownAddress("alice", "192.0.2.7", ago(900), ago(900));
		KnownAddress later = new KnownAddress("alice", "2001:db8:0:0::/64", ago(900), ago(800));
		StatementBatch batch = new StatementBatch();
		this.addresses.insert(batch, old);
		this.addresses.insert(batch, later);
		this.addresses.insert(batch, new KnownAddress(KEY, "f".repeat(100), ago(900), ago(100)));
		batch.send(this.batches);
		this.addresses.update(batch, later.at(ago(50)));
		batch.send(this.batches);
		this.addresses.deleteBefore(ago(850));
		assertThat(this.addresses.of(List.of("alice", "bob")))
			.containsExactly(new KnownAddress("alice", "2001:db8:0:0::/64", ago(900), ago(50)));
		assertThat(this.addresses.of(List.of(KEY))).hasSize(1);
		assertThat(this.addresses.of(List.of())).isEmpty();
	}

	@Test
	void isNewNowhereOnceTheyCameFromVeryManyPlaces() {
		StatementBatch batch = new StatementBatch();
		IntStream.range(0, 200)
			.forEach((i) -> this.addresses.insert(batch, new KnownAddress("alice", "192.0.2." + i, ago(9), ago(9))));
		this.addresses.insert(batch, new KnownAddress("bob", "192.0.2.1", ago(9), ago(9)));
		batch.send(this.batches);
		Map<String, Boolean> fresh = new LinkedHashMap<>();
		new KnownAddresses(this.addresses).mark(
				Map.of(lookedAtBefore(),
						List.of(login("db1", 0, "alice", Standing.GRANTED), login("db1", 0, "bob", Standing.GRANTED))),
				batch)
			.values()
			.forEach((all) -> all.forEach((login) -> fresh.put(login.identity(), login.fresh())));
		assertThat(fresh).containsExactlyInAnyOrderEntriesOf(Map.of("alice", false, "bob", true));
		batch.send(this.batches);
		assertThat(this.addresses.of(List.of("alice"))).hasSize(200);
		assertThat(this.addresses.of(List.of("bob"))).extracting(KnownAddress::place)
			.containsExactlyInAnyOrder("192.0.2.1", "203.0.113.9");
	}

	/** It is on record before the node is asked. */
	@Test
	void theEndOfASessionIsOnRecordAlsoWhereTheNodeDoesNotAnswer() throws Exception {
		enrolledNode("db1", Mode.ADDITIVE);
		assertThat(this.sessions.end("db1", "deploy", 7, 8)).satisfies((end) -> {
			assertThat(end.outcome()).isEqualTo(EndOfSession.Outcome.STAYS);
			assertThat(end.why()).isNotBlank();
		});
		assertThat(this.audit.list(new AuditQuery(null, "session", "node:db1", null, null, null), FIRST))
			.extracting(AuditRecord::action)
			.containsExactly("session.stays", "session.end-asked");
		assertThat(this.sessions.on("db1").obstacle()).isNotBlank();
	}

	@Test
	void noSessionIsEndedWhereNodesAreOnlyObserved() throws Exception {
		enrolledNode("db1", Mode.OBSERVE);
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.sessions.end("db1", "deploy", 7, 8));
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.sessions.end("db1", "a:b", 7, 8));
		assertThat(this.audit.list(new AuditQuery(null, "session", null, null, null, null), FIRST)).isEmpty();
	}

	private Instant ago(int minutes) {
		return this.now.minus(minutes, ChronoUnit.MINUTES);
	}

	private void store(Login... logins) {
		StatementBatch batch = new StatementBatch();
		Arrays.stream(logins).forEach((login) -> this.repository.insert(batch, login, false));
		batch.send(this.batches);
	}

	private Login login(String node, int daysAgo, @Nullable String identity, Standing standing) {
		Instant at = this.now.minus(daysAgo, ChronoUnit.DAYS);
		return new Login(0, at, at, 1, node, "root", Login.Outcome.ACCEPTED, "publickey", "203.0.113.9", KEY, standing,
				identity, null, true);
	}

	private Login refused(String node) {
		return new Login(0, this.now, this.now, 1, node, null, Login.Outcome.REFUSED, null, "203.0.113.9", null, null,
				null, null, true);
	}

	private void use(String node, String account, int minutesAgo, Standing standing) {
		StatementBatch batch = new StatementBatch();
		this.uses.store(batch, new KeyUse(KEY, node, account, ago(minutesAgo), "192.0.2.7", standing, null, null, true),
				false);
		batch.send(this.batches);
	}

	private NodeLog lookedAtBefore() {
		NodeId node = new NodeId(1);
		LoginLogRepository.ReadLog before = new LoginLogRepository.ReadLog(node, LogPosition.NONE, this.now, ago(9),
				null, null, null, null);
		return new NodeLog(node, "db1", before,
				new ServerLog(ServerLog.Source.JOURNAL, List.of(), LogPosition.NONE, false, null),
				new NodeFacts(0, this.now, ZoneOffset.UTC, Duration.ZERO, "OpenSSH_9.2"), this.now);
	}

	/** At a port where nobody listens. */
	private void enrolledNode(String name, Mode mode) throws Exception {
		NodeId id = this.nodes.create(new NodeDraft(name, "127.0.0.1", 1, "root", Privilege.ROOT, mode, Map.of())).id();
		PublicKey key = PublicKey.parse(SampleKeys.ed25519());
		this.jdbc.sql("insert into node_host_key (node_id, fingerprint, public_key) values (?, ?, ?)")
			.params(id.value(), key.fingerprint().value(), key.render())
			.update();
		this.jdbc.sql("update node set enrolled = true where id = ?").param(id.value()).update();
	}

}
