package io.latchkey.reconcile.record;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.latchkey.StatementCounter;
import io.latchkey.Tables;
import io.latchkey.UnscheduledTest;
import io.latchkey.conversation.accounts.LoginAccounts;
import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.core.StatementBatch;
import io.latchkey.desired.DesiredState;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.AccountFilesRepository;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.AccountStateRepository;
import io.latchkey.nodestate.JdbcColumns;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeTasks;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.nodestate.PlacedLineRepository;
import io.latchkey.nodestate.Run;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.LoginRules;
import io.latchkey.openssh.PublicKey;
import io.latchkey.reconcile.converse.OtherAccounts;
import io.latchkey.reconcile.converse.RunOutcome;
import io.latchkey.reconcile.converse.Stopwatch;
import io.latchkey.reconcile.converse.Survey;
import io.latchkey.reconcile.read.RunInput;
import io.latchkey.reconcile.read.RunInputReader;
import io.latchkey.runs.AccountOutcome;
import io.latchkey.runs.PartOutcomes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run over a node where nothing has changed costs as many queries for many accounts as
 * for one.
 */
@UnscheduledTest
class RunQueriesDataTests {

	private static final int MANY = 30;

	private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBERERERERERERERERERERERERERERERERERERERERER";

	@Autowired
	private Tables tables;

	@Autowired
	private StatementCounter statements;

	@Autowired
	private Nodes nodes;

	@Autowired
	private RunInputReader inputs;

	@Autowired
	private RunRecorder recorder;

	@Autowired
	private NamedParameterJdbcOperations batches;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private AccountStateRepository accounts;

	@Autowired
	private AccountFilesRepository files;

	@Autowired
	private PlacedLineRepository placedLines;

	@AfterEach
	void clear() {
		this.tables.clear();
	}

	@Test
	void costsTheSameForManyAccounts() {
		int one = queriesWith(1);
		assertThat(queriesWith(MANY)).isEqualTo(one);
	}

	/** Those that Latchkey has to do with stay, and those that are named last. */
	@Test
	void remembersSoManyAccountsOfANodeThatNamesOthersEachTime() {
		NodeId node = this.nodes
			.create(new NodeDraft("node", "node.example", 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()))
			.id();
		add(node, "zoe");
		for (int round = 0; round < 3; round++) {
			List<String> named = numbered("round" + round + "-");
			named.forEach((account) -> addForeign(node, account));
			RunInput input = this.inputs.read(node).orElseThrow();
			record(input, unchanged(input,
					new OtherAccounts(Set.copyOf(named), new LoginAccounts(named, 0, true), null, null)));
		}
		RunInput last = this.inputs.read(node).orElseThrow();
		assertThat(last.memory().accounts()).hasSize(2 * RunInput.MOST_OTHERS + 1)
			.containsKeys("zoe", "round2-0", "round2-199");
		assertThat(last.memory().files().keySet()).isEqualTo(last.memory().accounts().keySet());
		assertThat(last.otherAccounts(Set.of("zoe"))).hasSize(2 * RunInput.MOST_OTHERS).contains("round2-0");
	}

	private static List<String> numbered(String name) {
		return IntStream.range(0, RunInput.MOST_OTHERS).mapToObj((number) -> name + number).toList();
	}

	private int queriesWith(int accounts) {
		NodeId node = this.nodes
			.create(new NodeDraft("node" + accounts, "node.example", 22, "root", Privilege.ROOT, Mode.ADDITIVE,
					Map.of()))
			.id();
		IntStream.range(0, accounts).forEach((number) -> add(node, "account" + number));
		this.inputs.read(node);
		this.statements.take();
		RunInput input = this.inputs.read(node).orElseThrow();
		record(input, unchanged(input));
		assertThat(input.memory().accounts()).hasSize(accounts);
		return this.statements.take();
	}

	private void record(RunInput input, RunOutcome outcome) {
		NodeTasks.Picked task = new NodeTasks.Picked(input.node().id(), 1, null, null, 0);
		this.jdbc.sql("delete from scheduled_tasks").update();
		this.jdbc.sql("""
				insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version, priority)
				values (:task, :node, :due, :picked, :version, 0)""")
			.param("task", NodeTasks.NAME)
			.param("node", NodeTasks.instanceOf(task.node()))
			.param("due", JdbcColumns.at(Instant.EPOCH))
			.param("picked", true)
			.param("version", task.version())
			.update();
		this.recorder.record(new EndedRun(task, new BrokenRuns.Begun(task.node(), Instant.EPOCH, Instant.EPOCH),
				new EndedRun.Found(input, outcome), new RunResult(RunResult.Ending.DONE, null)));
	}

	private void addForeign(NodeId node, String account) {
		String file = "/home/" + account + "/.ssh/authorized_keys";
		StatementBatch batch = new StatementBatch();
		this.accounts.replace(batch, node, new AccountState(account, file, NodeState.IN_SYNC, null, List.of()), "hash",
				"hash");
		this.files.notePatterns(batch, node, account, List.of("%h/.ssh/authorized_keys"), LoginRules.NONE, null);
		batch.send(this.batches);
	}

	private void add(NodeId node, String account) {
		addForeign(node, account);
		String file = "/home/" + account + "/.ssh/authorized_keys";
		this.placedLines.add(node, new PlacedLine(0, account, KEY, fingerprint(), "alice", new TreeSet<>(), null,
				AccountState.Origin.LATCHKEY, true, file), Instant.EPOCH);
	}

	private static RunOutcome unchanged(RunInput input) {
		return unchanged(input, OtherAccounts.NOT_ASKED);
	}

	private static RunOutcome unchanged(RunInput input, OtherAccounts others) {
		NodeFacts facts = new NodeFacts(0, Instant.EPOCH, ZoneOffset.UTC, Duration.ZERO, "OpenSSH_9.2p1");
		List<AccountOutcome> outcomes = input.memory()
			.accounts()
			.entrySet()
			.stream()
			.map((account) -> AccountOutcome.unchanged(account.getKey(), account.getValue()))
			.toList();
		return new RunOutcome(Run.Timing.between(Instant.EPOCH, Instant.EPOCH, new Stopwatch(Duration.ZERO, () -> {
		}).times()), new Survey(facts, "digest", true, Map.of(), List.of(), input.node().hostKeys(), null, null),
				new DesiredState(new TreeMap<>(), List.of(), null), outcomes, PartOutcomes.NONE, List.of(), null,
				new RunOutcome.Hold(false, null), others);
	}

	private static Fingerprint fingerprint() {
		return AuthorizedKeysFile.Line.of(KEY).key().map(PublicKey::fingerprint).orElseThrow();
	}

}
