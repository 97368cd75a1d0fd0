package io.latchkey.reconcile;

import java.util.List;

import io.latchkey.internode.InterNodeStrategy;
import io.latchkey.internode.GenerationPhase;
import io.latchkey.internode.RotationUnderWayException;
import io.latchkey.inventory.NodeId;
import io.latchkey.sshd.SshdNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class InterNodeRotationSshdTests extends InterNodeOnSshd {

	@ParameterizedTest
	@EnumSource(names = { "NODE_PAIRS", "CLUSTER_PAIR" })
	void noLoginBetweenNodesFailsWhileTheirPairsAreReplaced(InterNodeStrategy strategy) {
		aClusterOf(2);
		choose(strategy, "deploy");
		untilInPlace();
		String before = InterNodeSshdTests.privateFile(0);
		String lines = text(1, "deploy", "authorized_keys");
		this.interNodeKeys.rotate(this.cluster);
		await().atMost(PATIENCE).until(() -> {
			// one that began just before the old pair went still offers it; the next does
			// not
			assertThat(reaches(0, 1, "deploy") || reaches(0, 1, "deploy")).isTrue();
			return !this.interNodeKeys.of(this.cluster).isRotating();
		});
		untilInPlace();
		assertMesh("deploy");
		assertThat(files(0, "deploy")).doesNotContain(before).hasSize(6);
		assertThat(text(1, "deploy", "authorized_keys").lines()).hasSameSizeAs(lines.lines().toList())
			.doesNotContainAnyElementsOf(lines.lines().toList());
	}

	@Test
	void aNodeThatIsAwayKeepsItsWayInUntilItComes() {
		aClusterOf(3);
		choose(InterNodeStrategy.CLUSTER_PAIR, "deploy");
		untilInPlace();
		SshdNode away = SSHD.get(2);
		away.pause();
		try {
			check(2);
			this.interNodeKeys.rotate(this.cluster);
			await().atMost(PATIENCE)
				.until(() -> phases().equals(List.of(GenerationPhase.ENDING, GenerationPhase.IN_USE)));
			await().atMost(PATIENCE).until(() -> files(0, "deploy").size() == 8);
			settle();
			assertThat(phases()).containsExactly(GenerationPhase.ENDING, GenerationPhase.IN_USE);
			assertThat(reaches(0, 1, "deploy")).isTrue();
			assertThat(reaches(2, 0, "deploy")).isTrue();
			assertThatExceptionOfType(RotationUnderWayException.class)
				.isThrownBy(() -> this.interNodeKeys.rotate(this.cluster));
		}
		finally {
			away.resume();
		}
		check(2);
		untilInPlace();
		assertThat(phases()).containsExactly(GenerationPhase.IN_USE);
		assertMesh("deploy");
	}

	@Test
	void anotherStrategyTakesThePlaceOfTheOneBefore() {
		aClusterOf(2);
		choose(InterNodeStrategy.SHARED_PAIR, "root");
		untilInPlace();
		String shared = text(0, "root", "authorized_keys");
		choose(InterNodeStrategy.NODE_PAIRS, "deploy");
		untilInPlace();
		assertMesh("deploy");
		assertThat(files(0, "root")).containsExactly("authorized_keys");
		assertThat(text(0, "root", "authorized_keys").lines())
			.containsExactlyElementsOf(shared.lines().filter((line) -> !line.contains("latchkey cluster")).toList());
	}

	private List<GenerationPhase> phases() {
		return this.interNodeKeys.of(this.cluster).generations().stream().map((each) -> each.phase()).toList();
	}

	private void check(int node) {
		NodeId id = this.nodes.get(node).id();
		this.reconciler.checkNow(id);
		this.deliveries.awaitSettled(List.of(id), PATIENCE);
	}

}
