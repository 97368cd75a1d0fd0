package io.latchkey.reconcile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.task.Execution;
import io.latchkey.ApplicationTest;
import io.latchkey.Patience;
import io.latchkey.Repetitions;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityKind;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.HostKeyPins;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.Urgency;
import io.latchkey.nodestate.WakeUps;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * Many nodes are due at once, and each statement takes the database its time: the
 * embedded one, where one at a time may write.
 */
@SpringBootTest(properties = { "latchkey.admin-password=" + ApplicationTest.PASSWORD,
		"latchkey.bootstrap-token=" + ApplicationTest.TOKEN, "latchkey.reconcile.back-off=1s",
		"db-scheduler.heartbeat-interval=2s", "latchkey.data-dir=./target/slow-database/${random.uuid}",
		"spring.datasource.driver-class-name=io.latchkey.reconcile.SlowDriver" })
@AutoConfigureMockMvc
@DirtiesContext
class SlowDatabaseTests {

	private static final int NODES = 100;

	private static final Duration EACH_STATEMENT = Duration.ofMillis(50);

	/** After so long without a heartbeat an execution counts as dead. */
	private static final Duration DEAD = Duration.ofSeconds(8);

	private static final Duration STALL = Duration.ofSeconds(Repetitions.of(12, 20));

	/** Or twice what it takes while nothing is due, on a machine that is slow itself. */
	private static final Duration ANSWER = Duration.ofSeconds(2);

	private static final Queue<String> TROUBLES = new ConcurrentLinkedQueue<>();

	@Autowired
	private Nodes nodes;

	@Autowired
	private HostKeyPins pins;

	@Autowired
	private Identities identities;

	@Autowired
	private WakeUps wakeUps;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private MockMvc api;

	@BeforeEach
	void removeTheNodes() {
		this.nodes.allIds().forEach((id) -> this.nodes.delete(this.nodes.get(id).name()));
		TROUBLES.clear();
	}

	@AfterEach
	void beQuick() {
		SlowDriver.delay(Duration.ZERO);
		SlowDriver.failCommits(false);
		// what was picked by a commit that seemed to fail is taken for dead first
		await().atMost(Patience.of(DEAD.multipliedBy(6))).until(() -> picked() == 0);
	}

	@Test
	@Tag("repeats")
	void aStallAmidAHundredRunsLosesNoneAndRecordsNoneTwice() {
		List<NodeId> due = IntStream.range(0, NODES).mapToObj(this::nodeThatIsAway).toList();
		await().atMost(Patience.of(Duration.ofSeconds(30))).until(() -> runs() >= NODES);
		this.transaction.executeWithoutResult((status) -> this.wakeUps.wake(due, Run.Trigger.CHANGE, Urgency.ADDITION));
		int begun = runs();
		await().atMost(Patience.of(Duration.ofSeconds(30))).until(() -> runs() > begun);
		this.transaction.executeWithoutResult((status) -> this.wakeUps.wake(due, Run.Trigger.CHANGE, Urgency.ADDITION));
		SlowDriver.stall(STALL);
		await().atMost(Patience.of(Duration.ofSeconds(120))).until(() -> unsettled() == 0);
		assertThat(TROUBLES).isEmpty();
		assertThat(recordedTwice()).isZero();
		assertThat(brokenOff()).isZero();
	}

	@Test
	void whatFailsToBeCommittedIsRecordedOrDoneAgainAndNeverTwice() {
		List<NodeId> due = IntStream.range(0, NODES).mapToObj(this::nodeThatIsAway).toList();
		await().atMost(Patience.of(Duration.ofSeconds(30))).until(() -> runs() >= NODES);
		SlowDriver.failCommits(true);
		for (int round = 0; round < 3; round++) {
			int before = runs();
			this.transaction
				.executeWithoutResult((status) -> this.wakeUps.wake(due, Run.Trigger.CHANGE, Urgency.ADDITION));
			await().atMost(Patience.of(Duration.ofSeconds(60))).until(() -> runs() > before + NODES / 2);
		}
		SlowDriver.failCommits(false);
		// what stays picked is taken up after four heartbeats of two seconds
		await().atMost(Patience.of(DEAD.multipliedBy(6))).until(() -> unsettled() == 0);
		assertThat(recordedTwice()).isZero();
	}

	private long unsettled() {
		return this.jdbc.sql("select count(*) from node_state where wanted_generation > attempted_generation")
			.query(Long.class)
			.single();
	}

	private long picked() {
		return this.jdbc.sql("select count(*) from scheduled_tasks where picked = true").query(Long.class).single();
	}

	private long recordedTwice() {
		return this.jdbc.sql(
				"select count(*) from (select 1 from reconcile_run group by node_id, started_at having count(*) > 1) twice")
			.query(Long.class)
			.single();
	}

	private long brokenOff() {
		return this.jdbc.sql("select count(*) from reconcile_run where detail like '%broke off%'")
			.query(Long.class)
			.single();
	}

	@Test
	void nothingIsTakenForDeadNothingBreaksOffAndPeopleAreAnswered() throws Exception {
		List<NodeId> due = IntStream.range(0, NODES).mapToObj(this::nodeThatIsAway).toList();
		this.identities.create(new IdentityDraft("alice", IdentityKind.PERSON, null, null));
		await().atMost(Patience.of(Duration.ofSeconds(30))).until(() -> runs() >= NODES);
		int before = runs();
		SlowDriver.delay(EACH_STATEMENT);
		Duration bound = Collections.max(List.of(Patience.of(ANSWER), grant("node-99").multipliedBy(2)));
		long begun = System.nanoTime();
		this.transaction.executeWithoutResult((status) -> this.wakeUps.wake(due, Run.Trigger.CHANGE, Urgency.ADDITION));
		List<Duration> answers = new ArrayList<>();
		await().atMost(Patience.of(DEAD.multipliedBy(4))).pollInterval(Duration.ofSeconds(1)).until(() -> {
			answers.add(grant("node-" + answers.size()));
			return System.nanoTime() - begun > DEAD.plusSeconds(4).toNanos() && runs() > before + 10;
		});
		SlowDriver.delay(Duration.ZERO);
		assertThat(answers).allSatisfy((answer) -> assertThat(answer).isLessThan(bound));
		assertThat(TROUBLES).isEmpty();
		assertThat(brokenOff()).isZero();
		await().atMost(Patience.of(Duration.ofSeconds(60))).until(() -> unsettled() == 0);
	}

	private int runs() {
		return this.jdbc.sql("select count(*) from reconcile_run").query(Integer.class).single();
	}

	private Duration grant(String node) throws Exception {
		long begun = System.nanoTime();
		this.api
			.perform(post("/api/v1/grants").header("Authorization", "Bearer " + ApplicationTest.TOKEN)
				.contentType(MediaType.APPLICATION_JSON)
				.content("""
						{"subject": "identity:alice", "target": "node:%s", "account": "deploy", "duration": "PT1H"}"""
					.formatted(node)))
			.andExpect(status().isCreated());
		return Duration.ofNanos(System.nanoTime() - begun);
	}

	/** Nobody listens there, which is said at once. */
	private NodeId nodeThatIsAway(int number) {
		NodeId id = this.nodes
			.create(new NodeDraft("node-" + number, "127.0.0.1", 1, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()))
			.id();
		this.pins.pin(id, List.of(hostKey()));
		this.nodes.markEnrolled(id);
		return id;
	}

	private static HostKey hostKey() {
		try {
			return new HostKey(PublicKey
				.parse("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBERERERERERERERERERERERERERERERERERERERERER"));
		}
		catch (InvalidKeyException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Listening {

		@Bean
		AbstractSchedulerListener troubles() {
			return new AbstractSchedulerListener() {
				@Override
				public void onExecutionDead(Execution execution) {
					TROUBLES.add("dead: " + execution);
				}

				@Override
				public void onSchedulerEvent(SchedulerEventType type) {
					switch (type) {
						case UNEXPECTED_ERROR, FAILED_HEARTBEAT, COMPLETIONHANDLER_ERROR, FAILUREHANDLER_ERROR ->
							TROUBLES.add(type.name());
						default -> {
						}
					}
				}
			};
		}

	}

}
