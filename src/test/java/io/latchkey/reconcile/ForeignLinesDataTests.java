package io.latchkey.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.latchkey.StatementCounter;
import io.latchkey.Tables;
import io.latchkey.UnscheduledTest;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.StatementBatch;
import io.latchkey.foreignkeys.ForeignKey;
import io.latchkey.foreignkeys.ForeignKeys;
import io.latchkey.foreignkeys.ForeignLosses;
import io.latchkey.foreignkeys.Tolerations;
import io.latchkey.foreignkeys.UnwantedKeys;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.AccountState.Entry;
import io.latchkey.nodestate.AccountState.Origin;
import io.latchkey.nodestate.AccountState.Status;
import io.latchkey.nodestate.AccountStateRepository;
import io.latchkey.nodestate.ForeignKeyCount;
import io.latchkey.nodestate.ForeignKeyCount.Which;
import io.latchkey.nodestate.KeptEntries;
import io.latchkey.nodestate.LineChanges;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStates;
import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.RunRepository;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.reconcile.converse.Stopwatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * A node may show as many foreign lines as it likes: more than a database takes as
 * parameters.
 */
@UnscheduledTest
class ForeignLinesDataTests {

	private static final int TOO_MANY = 103_001;

	private static final PageRequest FIRST = PageRequest.of(0, 50);

	private static final String LINE = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBERERERERERERERERERERERERERERERERERERERERER";

	@Autowired
	private NamedParameterJdbcOperations batches;

	@Autowired
	private Tables tables;

	@Autowired
	private StatementCounter statements;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Nodes nodes;

	@Autowired
	private AccountStateRepository accounts;

	@Autowired
	private NodeStates states;

	@Autowired
	private ForeignLosses losses;

	@Autowired
	private ForeignKeys foreignKeys;

	@Autowired
	private Tolerations tolerations;

	@Autowired
	private UnwantedKeys unwanted;

	@Autowired
	private RunRepository runs;

	@Autowired
	private MockMvc mvc;

	private NodeId node;

	@BeforeEach
	void addNode() {
		this.node = node("web1");
	}

	@AfterEach
	void clear() {
		this.tables.clear();
	}

	@Test
	void areListedByPageHoweverMany() throws Exception {
		show(1);
		long few = statementsOf(() -> this.foreignKeys.list(Which.OPEN, FIRST));
		show(TOO_MANY);
		assertThat(statementsOf(() -> this.foreignKeys.list(Which.OPEN, FIRST))).isEqualTo(few);
		Page<ForeignKey> page = this.foreignKeys.list(Which.ALL, PageRequest.of(2060, 50));
		assertThat(page.getTotalElements()).isEqualTo(TOO_MANY);
		assertThat(page.getNumberOfElements()).isOne();
		assertThat(this.foreignKeys.list(Which.TOLERATED, FIRST)).isEmpty();
		assertThat(this.states.foreignCounts()).containsExactlyEntriesOf(Map.of(this.node, (long) TOO_MANY));
		this.mvc.perform(get("/foreign-keys").with(administrator()))
			.andExpect(status().isOk())
			.andExpect(content().string(containsString("103,001")));
		this.mvc.perform(get("/overview").with(administrator())).andExpect(status().isOk());
	}

	@Test
	void tellTheFirstPlacesOfAKeyAndHowManyThereAre() {
		show(1);
		this.jdbc.sql("""
				insert into account_entry (node_id, account, position, fingerprint, is_line, grant_ids, options,
				origin, status) select node_id, account, p.position, fingerprint, is_line, '', '', origin, status
				from account_entry e, (select a.n * 100 + b.n + 1 as position from %s a, %s b) p where e.position = 0
				""".formatted(hundred(), hundred())).update();
		ForeignKey key = this.foreignKeys.list(Which.OPEN, FIRST).getContent().get(0);
		assertThat(key.places()).hasSize(ForeignKeys.MOST_PLACES);
		assertThat(key.standing()).isEqualTo(10_001);
		Set<Fingerprint> keys = Set.of(Fingerprint
			.parse(this.jdbc.sql("select distinct fingerprint from account_entry").query(String.class).single()));
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.unwanted.remove(keys, null));
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.losses.linesWith(keys));
	}

	@Test
	void areDecidedSoManyAtOnce() {
		show(1_001);
		List<Fingerprint> keys = this.states.foreignKeys(Which.OPEN, PageRequest.of(0, 1_001))
			.map(ForeignKeyCount::key)
			.getContent();
		Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.tolerations.tolerate(keys, tomorrow, "all of them"));
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.tolerations.end(keys, null));
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.unwanted.remove(keys, null));
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.unwanted.callOff(keys));
		this.tolerations.tolerate(keys.subList(0, 1_000), tomorrow, "nearly all of them");
		assertThat(this.foreignKeys.list(Which.OPEN, FIRST).getTotalElements()).isOne();
		assertThat(this.foreignKeys.list(Which.TOLERATED, FIRST).getTotalElements()).isEqualTo(1_000);
	}

	@Test
	void areKeptSoManyOfAnAccountAndTheRestIsCounted() {
		List<Entry> entries = new ArrayList<>(
				IntStream.range(0, TOO_MANY).mapToObj((number) -> foreign(number, LINE)).toList());
		Entry own = new Entry(key(TOO_MANY), LINE, LINE, "alice", List.of(7L), "", Origin.LATCHKEY, Status.IN_PLACE);
		Entry changed = foreign(TOO_MANY, "restrict " + LINE);
		entries.add(own);
		entries.add(changed);
		replace(this.node, state("deploy", entries), "hash", "hash");
		AccountState kept = this.states.accounts(this.node).get(0);
		assertThat(kept.entries()).hasSize(KeptEntries.MOST_OF_AN_ACCOUNT + 1).contains(own, changed);
		assertThat(kept.foreignBeyond()).isEqualTo(TOO_MANY + 1 - KeptEntries.MOST_OF_AN_ACCOUNT);
		assertThat(this.states.foreignCounts()).containsEntry(this.node, TOO_MANY + 1L);
		assertThat(this.accounts.remembered(Set.of(this.node)).get(this.node).get("deploy").foreignWhole()).isTrue();
	}

	@Test
	void areKeptSoManyOfANode() {
		for (int account = 0; account < 30; account++) {
			int first = account * 1_000;
			replace(this.node,
					state("account" + account,
							IntStream.range(first, first + 900).mapToObj((number) -> foreign(number, LINE)).toList()),
					"hash", "hash");
		}
		assertThat(this.states.accounts(this.node)).allSatisfy((account) -> {
			assertThat(account.entries()).hasSizeGreaterThanOrEqualTo(100);
			assertThat(account.entries().size() + account.foreignBeyond()).isEqualTo(900);
		});
		assertThat(this.jdbc.sql("select count(*) from account_entry").query(Long.class).single())
			.isBetween((long) KeptEntries.MOST_OF_A_NODE, KeptEntries.MOST_OF_A_NODE + 30 * 100L);
	}

	@Test
	void doNotHideALineThatIsChanged() {
		List<Entry> entries = new ArrayList<>(
				IntStream.range(0, 1_001).mapToObj((number) -> foreign(1, LINE + " " + number)).toList());
		entries.add(new Entry(key(1), LINE, LINE, "alice", List.of(7L), "", Origin.LATCHKEY, Status.IN_PLACE));
		replace(this.node, state("deploy", entries), "hash", "hash");
		assertThat(this.accounts.remembered(Set.of(this.node)).get(this.node).get("deploy").foreignWhole()).isFalse();
	}

	@Test
	void fillNoRecordOfARun() {
		List<String> lines = IntStream.range(0, TOO_MANY).mapToObj((number) -> LINE + " " + number).toList();
		for (int i = 0; i < 3; i++) {
			this.runs.add(new Run(0, this.node,
					new Run.Timing(Instant.EPOCH.plusSeconds(i), Duration.ZERO, new Stopwatch(Duration.ZERO, () -> {
					}).times()), Run.Trigger.CHANGE, Run.Outcome.CHANGED, new LineChanges(List.of(), lines), null,
					null));
		}
		assertThat(this.runs.deleteAllButLatest(2)).isOne();
		List<Run> left = this.states.runs(this.node, FIRST).getContent();
		assertThat(left).extracting((run) -> run.timing().startedAt())
			.containsExactly(Instant.EPOCH.plusSeconds(2), Instant.EPOCH.plusSeconds(1));
		assertThat(left.get(0).changes().removed()).hasSize(201).endsWith("… 102801 more");
	}

	private static AccountState state(String account, List<Entry> entries) {
		return new AccountState(account, "/home/" + account, NodeState.IN_SYNC, null, entries);
	}

	private static Entry foreign(int number, String line) {
		return new Entry(key(number), null, line, null, List.of(), "", Origin.FOREIGN, Status.EXTRA);
	}

	private static Fingerprint key(int number) {
		return Fingerprint.parse("SHA256:" + (number + "A".repeat(43)).substring(0, 43));
	}

	private long statementsOf(Runnable reading) {
		this.statements.take();
		reading.run();
		return this.statements.take();
	}

	/** As they were stored before there was a bound. */
	private void show(int lines) {
		this.jdbc.sql("delete from account_state").update();
		replace(this.node, state("deploy", List.of()), "hash", "hash");
		this.jdbc.sql("""
				insert into account_entry (node_id, account, position, fingerprint, is_line, grant_ids, options,
				origin, status) select :node, 'deploy', x, 'SHA256:' || rpad(cast(x as varchar(20)), 43, 'A'), :line,
				'', '', 'FOREIGN', 'EXTRA' from (select a.n * 10000 + b.n * 100 + c.n as x from %s a, %s b, %s c) n
				where x < :lines""".formatted(hundred(), hundred(), hundred()))
			.param("node", this.node.value())
			.param("line", LINE)
			.param("lines", lines)
			.update();
	}

	/** The numbers 0 to 99, in the words of both databases. */
	private static String hundred() {
		String ten = "(values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))";
		return "(select tens.n * 10 + ones.n as n from " + ten + " tens(n), " + ten + " ones(n))";
	}

	private NodeId node(String name) {
		return this.nodes
			.create(new NodeDraft(name, "node.example", 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()))
			.id();
	}

	private static RequestPostProcessor administrator() {
		return user("admin").roles("ADMIN");
	}

	private void replace(NodeId node, AccountState state, @Nullable String contentHash, @Nullable String desiredHash) {
		StatementBatch batch = new StatementBatch();
		this.accounts.replace(batch, node, state, contentHash, desiredHash);
		batch.send(this.batches);
	}

}
