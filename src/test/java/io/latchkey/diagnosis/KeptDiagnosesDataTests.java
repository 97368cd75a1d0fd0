package io.latchkey.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.latchkey.Tables;
import io.latchkey.UnscheduledTest;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** The last diagnosis of each account. */
@UnscheduledTest
class KeptDiagnosesDataTests {

	private static final String SEEN = "a".repeat(64);

	private static final String WIDE = Character.toString(0x1F511);

	@Autowired
	private KeptDiagnoses kept;

	@Autowired
	private Nodes nodes;

	@Autowired
	private Tables tables;

	private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

	private NodeId node;

	@BeforeEach
	void addNode() {
		this.node = node("db1");
	}

	@AfterEach
	void clear() {
		this.tables.clear();
	}

	@Test
	void keepsTheLastOfEachAccountNewestFirst() {
		this.kept.note(this.node, List.of(fine("deploy", 30), found("root", 20), unseen("backup", 10)));
		this.kept.note(this.node, List.of(found("deploy", 5)));
		assertThat(this.kept.of(this.node)).containsExactly(
				new KeptDiagnosis("deploy", "alice", at(5), "latchkey", true, true, "It is writable"),
				new KeptDiagnosis("backup", null, at(10), "latchkey", false, false, "nobody answers"),
				new KeptDiagnosis("root", "alice", at(20), "latchkey", true, true, "It is writable"));
	}

	/** A later look that is not close does not make the close one younger. */
	@Test
	void knowsAgainWhatWasFoundWellByALookThatWasClose() {
		this.kept.note(this.node, List.of(fine("deploy", 600), fine("root", 600), found("www", 600)), "bob",
				Map.of("deploy", SEEN, "root", SEEN, "www", SEEN));
		Map<String, KeptDiagnoses.Well> well = this.kept.well(this.node, at(601));
		assertThat(well).containsOnlyKeys("deploy", "root");
		assertThat(this.kept.well(this.node, at(600))).isEmpty();
		this.kept.note(this.node, List.of(well.get("deploy").diagnosis("db1", "deploy", at(60))), "carol",
				Map.of("deploy", SEEN));
		assertThat(this.kept.well(this.node, at(601))).containsEntry("deploy",
				new KeptDiagnoses.Well(SEEN, at(600), "fine"));
		assertThat(this.kept.of(this.node)).extracting(KeptDiagnosis::at, KeptDiagnosis::by)
			.containsExactly(tuple(at(60), "carol"), tuple(at(600), "bob"), tuple(at(600), "bob"));
	}

	@Test
	void keepsTheLatestAccountsOfEachNode() {
		NodeId other = node("db2");
		this.kept.note(other, List.of(fine("deploy", 900)));
		this.kept.note(this.node,
				IntStream.range(0, KeptDiagnoses.MOST_ACCOUNTS + 10)
					.mapToObj((i) -> fine("account" + (i + 100), 900 - i))
					.toList());
		this.kept.note(this.node, List.of(fine("latest", 1)));
		assertThat(this.kept.of(this.node)).hasSize(KeptDiagnoses.MOST_ACCOUNTS)
			.extracting(KeptDiagnosis::account)
			.contains("latest", "account159", "account111")
			.doesNotContain("account110", "account100");
		assertThat(this.kept.of(other)).hasSize(1);
	}

	@Test
	void keepsWhateverANodeSays() {
		String account = WIDE.repeat(128);
		this.kept.note(this.node, List.of(new Diagnosis("db1", account, null, this.now, true, null,
				"\0" + WIDE.repeat(3_000), List.of(), List.of())));
		assertThat(this.kept.of(this.node)).singleElement().satisfies((diagnosis) -> {
			assertThat(diagnosis.account()).isEqualTo(account);
			assertThat(diagnosis.answer()).isEqualTo("\u2400" + WIDE.repeat(999));
		});
	}

	@Test
	void keepsNothingOfANodeThatIsGone() {
		this.nodes.delete("db1");
		this.kept.note(this.node, List.of(fine("deploy", 1)));
		assertThat(this.kept.of(this.node)).isEmpty();
	}

	@Test
	void keepsOneOfSeveralAtOnce() throws Exception {
		int callers = 4;
		CyclicBarrier start = new CyclicBarrier(callers);
		ExecutorService threads = Executors.newFixedThreadPool(callers);
		try {
			List<Callable<Boolean>> notes = IntStream.range(0, callers).<Callable<Boolean>>mapToObj((i) -> () -> {
				start.await();
				this.kept.note(this.node, List.of(fine("deploy", i), found("root", i)));
				return true;
			}).toList();
			for (Future<Boolean> note : threads.invokeAll(notes)) {
				assertThat(note.get()).isTrue();
			}
		}
		finally {
			threads.shutdown();
		}
		assertThat(this.kept.of(this.node)).extracting(KeptDiagnosis::account)
			.containsExactlyInAnyOrder("deploy", "root");
	}

	private Instant at(int secondsAgo) {
		return this.now.minus(Duration.ofSeconds(secondsAgo));
	}

	private Diagnosis fine(String account, int secondsAgo) {
		return diagnosis(account, secondsAgo, Diagnosis.Status.OK, null);
	}

	private Diagnosis found(String account, int secondsAgo) {
		return diagnosis(account, secondsAgo, Diagnosis.Status.PROBLEM, "It is writable");
	}

	private Diagnosis unseen(String account, int secondsAgo) {
		return new Diagnosis("db1", account, null, at(secondsAgo), false, "nobody answers", "nobody answers", List.of(),
				List.of());
	}

	private Diagnosis diagnosis(String account, int secondsAgo, Diagnosis.Status status, @Nullable String finding) {
		return new Diagnosis("db1", account, "alice", at(secondsAgo), true, null, (finding != null) ? finding : "fine",
				List.of(new Diagnosis.Result("modes", "Modes", status, finding, List.of(), null, null, null)),
				List.of());
	}

	private NodeId node(String name) {
		return this.nodes
			.create(new NodeDraft(name, "node.example", 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()))
			.id();
	}

}
