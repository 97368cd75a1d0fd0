package io.latchkey.diagnosis;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
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
import io.latchkey.audit.AuditQuery;
import io.latchkey.audit.AuditRecord;
import io.latchkey.audit.AuditTrail;
import io.latchkey.core.NotFoundException;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.AuthorizedKeysFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What is kept of mends, so that they can be undone. */
@UnscheduledTest
class MendLogDataTests {

	private static final String WIDE = Character.toString(0x1F511);

	private static final MendStep STEP = new MendStep(MendStep.Kind.MODE, "/home/deploy", "drwxrwxrwx.1000", "777",
			"755", null, null);

	@Autowired
	private MendLog log;

	@Autowired
	private MendRepository repository;

	@Autowired
	private Nodes nodes;

	@Autowired
	private AuditTrail audit;

	@Autowired
	private Tables tables;

	@Autowired
	private JdbcClient jdbc;

	private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

	private Node node;

	@BeforeEach
	void addNode() {
		this.node = node("db1");
	}

	@AfterEach
	void clear() {
		this.tables.clear();
	}

	@Test
	void keepsAllThatItTakesToUndo() {
		AuthorizedKeysFile odd = AuthorizedKeysFile.parse(new byte[] { 'a', 0, (byte) 0xff, '\n', ' ' });
		AuthorizedKeysFile large = AuthorizedKeysFile
			.parse("# more than a column of text\n".repeat(9_000).getBytes(StandardCharsets.UTF_8));
		List<MendStep> steps = List.of(
				new MendStep(MendStep.Kind.CONTENT, "/" + WIDE.repeat(4_000), "-rw-rw-rw-." + "9".repeat(18),
						"a".repeat(64), MendStep.NOTHING, odd, null),
				new MendStep(MendStep.Kind.CONTENT, "/b", MendStep.NOTHING, MendStep.NOTHING, "b".repeat(64), null,
						AuthorizedKeysFile.EMPTY),
				new MendStep(MendStep.Kind.CONTENT, "/c", MendStep.NOTHING, "c", "d", large, odd),
				new MendStep(MendStep.Kind.LABEL, "/d", MendStep.NOTHING, "s".repeat(256), "right", null, null));
		Mend begun = begin(steps, "It is writable", null);
		assertThat(begun).usingRecursiveComparison()
			.ignoringFields("at")
			.isEqualTo(new Mend(begun.id(), "deploy", null, "modes", "It is writable", Mend.State.BEGUN, true,
					begun.at(), "latchkey", null, null, steps));
		assertThat(begun.steps()).isEqualTo(steps);
		assertThat(this.log.get(this.node.id(), begun.id())).isEqualTo(begun);
		assertThat(this.log.end(this.node, begun, null, steps).state()).isEqualTo(Mend.State.MENDED);
		this.log.settle(begun, steps.stream().map((step) -> step.leaving("e".repeat(64))).toList());
		assertThat(this.log.get(this.node.id(), begun.id()).steps()).extracting(MendStep::after)
			.containsOnly("e".repeat(64));
		Mend undone = this.log.undone(this.node, begun);
		assertThat(undone.state()).isEqualTo(Mend.State.UNDONE);
		assertThat(undone.undone()).satisfies((undoing) -> assertThat(undoing.by()).isEqualTo("latchkey"));
		assertThat(actions()).containsExactly("node.mend-undone", "node.mended", "node.mend-begun");
	}

	@Test
	void keepsWhateverANodeSays() {
		String said = "\0" + WIDE.repeat(3_000);
		Mend begun = begin(List.of(STEP), said, "alice");
		Mend failed = this.log.end(this.node, begun, said, List.of(STEP));
		assertThat(failed.state()).isEqualTo(Mend.State.FAILED);
		assertThat(failed.isUndoable()).isFalse();
		String kept = "\u2400" + WIDE.repeat(999);
		assertThat(failed.finding()).isEqualTo(kept);
		assertThat(failed.detail()).isEqualTo(kept);
		assertThat(failed.identity()).isEqualTo("alice");
	}

	@Test
	void endsAndIsUndoneOnce() throws Exception {
		Mend begun = begin(List.of(STEP), "found", null);
		this.log.end(this.node, begun, null, List.of(STEP));
		assertThat(this.log.end(this.node, begun, "too late", List.of(STEP)).state()).isEqualTo(Mend.State.MENDED);
		int callers = 4;
		CyclicBarrier start = new CyclicBarrier(callers);
		ExecutorService threads = Executors.newFixedThreadPool(callers);
		try {
			List<Callable<Mend>> undoings = IntStream.range(0, callers).<Callable<Mend>>mapToObj((i) -> () -> {
				start.await();
				return this.log.undone(this.node, begun);
			}).toList();
			for (Future<Mend> undoing : threads.invokeAll(undoings)) {
				assertThat(undoing.get().state()).isEqualTo(Mend.State.UNDONE);
			}
		}
		finally {
			threads.shutdown();
		}
		assertThat(actions()).containsExactly("node.mend-undone", "node.mended", "node.mend-begun");
		assertThat(this.log.get(this.node.id(), begun.id()).isUndoable()).isFalse();
	}

	@Test
	void isOnRecordAlsoWhereTheNodeGoesMeanwhile() {
		Mend mended = begin(List.of(STEP), "found", null);
		Mend failed = begin(List.of(STEP), "found", null);
		this.nodes.delete("db1");
		assertThat(this.log.end(this.node, mended, null, List.of(STEP)).state()).isEqualTo(Mend.State.MENDED);
		assertThat(this.log.end(this.node, failed, "no room", List.of(STEP)).detail()).isEqualTo("no room");
		this.log.settle(mended, List.of(STEP));
		assertThat(this.log.undone(this.node, mended)).isEqualTo(mended);
		assertThat(actions()).startsWith("node.mend-undone", "node.mend-failed", "node.mended");
		assertThat(this.log.of(this.node.id())).isEmpty();
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> begin(List.of(STEP), "found", null));
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.log.get(this.node.id(), mended.id()));
	}

	@Test
	void keepsTheLatestOfEachNode() {
		Node other = node("db2");
		Mend mend = new Mend(0, "deploy", null, "modes", "found", Mend.State.MENDED, false, this.now, "latchkey", null,
				null, List.of(STEP));
		long others = this.repository.insert(other.id(), mend);
		List<Long> ids = IntStream.range(0, MendRepository.MOST_KEPT + 2)
			.mapToObj((i) -> this.repository.insert(this.node.id(), mend))
			.toList();
		assertThat(this.log.of(this.node.id())).extracting(Mend::id)
			.containsExactlyElementsOf(newestFirst(ids.subList(2, ids.size())));
		assertThat(this.log.of(other.id())).extracting(Mend::id).containsExactly(others);
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.log.get(this.node.id(), others));
		assertThat(this.jdbc.sql("select count(*) from mend_step").query(Long.class).single())
			.isEqualTo(MendRepository.MOST_KEPT + 1);
	}

	/** As after a return to an older version. */
	@Test
	void whatCannotBeReadIsNotUndoneAndKeepsNoneOfTheOthers() {
		Mend state = begin(List.of(STEP), "found", null);
		Mend step = begin(List.of(STEP, STEP), "found", null);
		Mend whole = begin(List.of(STEP), "found", null);
		this.jdbc.sql("update mend set state = 'LATER' where id = ?").param(state.id()).update();
		this.jdbc.sql("update mend_step set kind = 'LATER' where mend_id = ? and position = 1")
			.param(step.id())
			.update();
		assertThat(this.log.of(this.node.id())).containsExactly(whole);
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.log.get(this.node.id(), step.id()));
	}

	private Mend begin(List<MendStep> steps, String finding, @Nullable String identity) {
		return this.log.begin(this.node,
				new Diagnosis("db1", "deploy", identity, this.now, true, null, "answer", List.of(), List.of()),
				new MendPlan("modes", steps, true, "digest"), steps, finding);
	}

	private static List<Long> newestFirst(List<Long> ids) {
		return ids.stream().sorted(Comparator.reverseOrder()).toList();
	}

	private List<String> actions() {
		return this.audit.list(new AuditQuery(null, null, "node:db1", null, null, "mend"), PageRequest.of(0, 20))
			.map(AuditRecord::action)
			.getContent();
	}

	private Node node(String name) {
		return this.nodes
			.create(new NodeDraft(name, "node.example", 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()));
	}

}
