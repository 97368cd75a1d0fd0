package io.latchkey.runs;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import io.latchkey.inventory.NodeId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WavesTests {

	private final Waves waves = new Waves();

	@Test
	void whoBeganAloneWaitsForNobody() {
		this.waves.begin(nodes(1, 9));
		this.waves.begin(nodes(10, 10));
		assertThat(this.waves.talking(nodes(10, 10))).isZero();
		assertThat(this.waves.open(nodes(10, 10))).isZero();
	}

	@Test
	void whoBeganWithOthersWaitsForThoseThatAreNotThereYet() {
		this.waves.begin(nodes(1, 5));
		assertThat(this.waves.talking(nodes(1, 2))).isEqualTo(3);
		assertThat(this.waves.open(nodes(1, 5))).isZero();
	}

	@Test
	void whoHasEndedItsTalkIsStillToBeRecorded() {
		this.waves.begin(nodes(1, 3));
		this.waves.endTalk(new NodeId(3));
		assertThat(this.waves.talking(nodes(1, 1))).isEqualTo(1);
		assertThat(this.waves.open(nodes(1, 1))).isEqualTo(2);
		this.waves.end(new NodeId(3));
		assertThat(this.waves.open(nodes(1, 1))).isEqualTo(1);
	}

	@Test
	void nobodyWaitsForANodeThatKeepsItsWorkerWaiting() {
		this.waves.begin(nodes(1, 2));
		this.waves.leave(new NodeId(2));
		assertThat(this.waves.talking(nodes(1, 1))).isZero();
		assertThat(this.waves.open(nodes(1, 1))).isZero();
	}

	/** A single change is held up by no fleet that is being checked. */
	@Test
	void ofSeveralWavesThatWithTheFewestToComeDecides() {
		this.waves.begin(nodes(1, 9));
		this.waves.begin(nodes(10, 10));
		assertThat(this.waves.open(List.of(new NodeId(1), new NodeId(10)))).isZero();
	}

	@Test
	void thoseThatBeginAnewAreOfANewWave() {
		this.waves.begin(nodes(1, 2));
		this.waves.begin(nodes(1, 1));
		assertThat(this.waves.open(nodes(1, 1))).isZero();
		assertThat(this.waves.open(nodes(2, 2))).isZero();
	}

	@Test
	void tellsOnceWhenOneFewerIsToCome() {
		AtomicInteger told = new AtomicInteger();
		this.waves.onLeave(told::incrementAndGet);
		this.waves.begin(nodes(1, 2));
		this.waves.endTalk(new NodeId(1));
		this.waves.endTalk(new NodeId(1));
		this.waves.endTalk(new NodeId(3));
		assertThat(told).hasValue(1);
	}

	private static List<NodeId> nodes(long from, long to) {
		return LongStream.rangeClosed(from, to).mapToObj(NodeId::new).toList();
	}

}
