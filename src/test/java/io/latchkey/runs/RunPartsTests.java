package io.latchkey.runs;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.latchkey.core.StatementBatch;
import io.latchkey.desired.DesiredState;
import io.latchkey.desired.NodeRecords;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.Findings;
import io.latchkey.nodestate.NodeState;
import io.latchkey.ssh.FailureKind;
import io.latchkey.ssh.NodeException;
import org.junit.jupiter.api.Test;

import org.springframework.context.support.StaticMessageSource;
import org.springframework.dao.DataAccessResourceFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What features have a hand in a run, one after the other. */
class RunPartsTests {

	private static final NodeId NODE = new NodeId(1);

	private static final Node PLACE = new Node(NODE, "node", new Node.Route("node.example", 22, false, null),
			new Node.Management("root", Privilege.ROOT, Mode.ADDITIVE, ManagementKeyKind.USUAL), Map.of(), List.of(),
			List.of(), true, 0);

	private final List<String> calls = new ArrayList<>();

	@Test
	void eachHasItsTurnWhoeverIsFoundFirst() {
		RunParts parts = parts(new Part("ended", RunPart.Stage.GONE, null),
				new Part("written", RunPart.Stage.FILES, null));
		parts.begin(inputs(parts)).act(visit(), () -> false);
		assertThat(this.calls).containsExactly("act written", "act ended");
	}

	@Test
	void oneThatThrowsCostsTheOthersNothingAndIsSaid() {
		RunParts parts = parts(new Part("broken", RunPart.Stage.FILES, new IllegalStateException("no")),
				new Part("ended", RunPart.Stage.GONE, null));
		PartInputs inputs = inputs(parts);
		PartsAtWork atWork = parts.begin(inputs);
		atWork.act(visit(), () -> false);
		PartOutcomes outcomes = atWork.outcomes();
		assertThat(outcomes.problems()).singleElement().asString().contains("things of broken", "IllegalState");
		assertThat(outcomes.warnings()).containsExactly("warned by ended");
		parts.record(List.of(finished(inputs, outcomes)), new StatementBatch());
		assertThat(this.calls).containsExactly("act broken", "act ended", "record broken: nothing",
				"record ended: done");
	}

	@Test
	void oneThatKeepsNobodyFromAnythingIsSaidAndNoMore() {
		RunParts parts = parts(
				new Part("slow", RunPart.Stage.LAST, new NodeException(FailureKind.DISCONNECTED, "no", null)),
				new Part("tired", RunPart.Stage.LAST, new IllegalStateException("no")));
		PartsAtWork atWork = parts.begin(inputs(parts));
		atWork.act(visit(), () -> false);
		assertThat(atWork.outcomes().problems()).isEmpty();
		assertThat(atWork.outcomes().warnings()).hasSize(2);
	}

	@Test
	void aConversationThatFailsStopsTheRun() {
		RunParts parts = parts(
				new Part("written", RunPart.Stage.FILES, new NodeException(FailureKind.DISCONNECTED, "no", null)));
		PartsAtWork atWork = parts.begin(inputs(parts));
		assertThatExceptionOfType(NodeException.class).isThrownBy(() -> atWork.act(visit(), () -> false));
	}

	@Test
	void nobodyActsAfterTheConversationIsOver() {
		RunParts parts = parts(new Part("ended", RunPart.Stage.GONE, null));
		PartsAtWork atWork = parts.begin(inputs(parts));
		atWork.act(visit(), () -> true);
		assertThat(this.calls).isEmpty();
	}

	@Test
	void aDatabaseThatIsAwayStopsTheRun() {
		RunParts parts = parts(new Part("broken", RunPart.Stage.FILES,
				new DataAccessResourceFailureException("away", new SQLException("away", "08001"))));
		PartsAtWork atWork = parts.begin(inputs(parts));
		assertThatExceptionOfType(DataAccessResourceFailureException.class)
			.isThrownBy(() -> atWork.act(visit(), () -> false));
	}

	@Test
	void oneThatHasNothingToDoThereIsLeftOut() {
		RunParts parts = parts(new Part("ended", RunPart.Stage.GONE, null));
		PartsAtWork atWork = parts.begin(PartInputs.NONE);
		atWork.act(visit(), () -> false);
		parts.record(List.of(finished(PartInputs.NONE, atWork.outcomes())), new StatementBatch());
		assertThat(this.calls).isEmpty();
	}

	private static PartInputs inputs(RunParts parts) {
		return parts.read(List.of(NODE)).get(NODE);
	}

	/** Of which no part here has anything to ask. */
	private static Visit visit() {
		return new Visit(PLACE, null, NodeRecords.NONE, DesiredState.NOTHING, null, List.of(), List.of());
	}

	private static FinishedRun finished(PartInputs inputs, PartOutcomes outcomes) {
		return new FinishedRun(PLACE, Instant.EPOCH, NodeRecords.NONE,
				new DesiredState(new TreeMap<>(), List.of(), null), List.of(), List.of(),
				new FinishedRun.Ending(NodeState.IN_SYNC, null, null), new FinishedRun.Parts(inputs, outcomes));
	}

	private static RunParts parts(Part... parts) {
		StaticMessageSource messages = new StaticMessageSource();
		for (Part part : parts) {
			messages.addMessage("finding.part." + part.name(), Locale.ENGLISH, "things of " + part.name());
		}
		messages.addMessage("finding.account.broke-off", Locale.ENGLISH, "Looking after {0} broke off. {1}");
		return new RunParts(List.of(parts), List.of(), new Findings(messages));
	}

	private record Done(String by) implements PartOutcome {

		@Override
		public List<String> warnings() {
			return List.of("warned by " + this.by);
		}

	}

	/** Notes what it is asked for. */
	private final class Part implements RunPart<String, Done> {

		private final String name;

		private final Stage stage;

		private final RuntimeException failure;

		private Part(String name, Stage stage, RuntimeException failure) {
			this.name = name;
			this.stage = stage;
			this.failure = failure;
		}

		@Override
		public String name() {
			return this.name;
		}

		@Override
		public Stage stage() {
			return this.stage;
		}

		@Override
		public Map<NodeId, String> read(Collection<NodeId> nodes) {
			return Map.of(NODE, this.name);
		}

		@Override
		public Done act(String input, Visit visit) {
			RunPartsTests.this.calls.add("act " + input);
			if (this.failure != null) {
				throw this.failure;
			}
			return new Done(input);
		}

		@Override
		public void record(List<PartOfRun<String, Done>> runs, StatementBatch batch) {
			runs.forEach((run) -> RunPartsTests.this.calls
				.add("record " + run.input() + ": " + ((run.outcome() != null) ? "done" : "nothing")));
		}

	}

}
