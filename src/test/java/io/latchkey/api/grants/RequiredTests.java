package io.latchkey.api.grants;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.latchkey.delivery.Delivery.State;
import io.latchkey.delivery.Delivery;
import io.latchkey.delivery.OtherWay;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.Subject;
import io.latchkey.nodestate.NodeState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RequiredTests {

	@Test
	void inPlaceIsOnEveryNode() {
		assertThat(Required.IN_PLACE.isMetBy(delivery(State.IN_PLACE, State.IN_PLACE))).isTrue();
		assertThat(Required.IN_PLACE.isMetBy(delivery(State.IN_PLACE, State.PENDING))).isFalse();
		assertThat(Required.IN_PLACE.isMetBy(delivery(State.IN_PLACE, State.FAILED))).isFalse();
		assertThat(Required.IN_PLACE.isMetBy(Delivery.NONE)).as("on no node").isFalse();
	}

	@Test
	void goneIsFromEveryNodeWithNoOtherWayIn() {
		assertThat(Required.GONE.isMetBy(delivery(State.REMOVED, State.REMOVED))).isTrue();
		assertThat(Required.GONE.isMetBy(delivery(State.REMOVED, State.STILL_PRESENT))).isFalse();
		assertThat(Required.GONE.isMetBy(Delivery.NONE)).isTrue();
		OtherWay way = new OtherWay(List.of("ann"), 1, new GrantId(8), new Subject(Subject.Kind.TEAM, "ops"), null);
		assertThat(Required.GONE.isMetBy(new Delivery(0, 0, 0, 0, List.of(entry(State.REMOVED, List.of(way))))))
			.isFalse();
	}

	@Test
	void nothingIsAlwaysSo() {
		assertThat(Required.NOTHING.isMetBy(delivery(State.FAILED))).isTrue();
	}

	private static Delivery delivery(State... states) {
		return new Delivery(count(states, State.IN_PLACE),
				count(states, State.PENDING) + count(states, State.STILL_PRESENT), 0, count(states, State.FAILED),
				Arrays.stream(states).map((state) -> entry(state, List.of())).toList());
	}

	private static int count(State[] states, State counted) {
		return (int) Arrays.stream(states).filter((state) -> state == counted).count();
	}

	private static Delivery.Entry entry(State state, List<OtherWay> ways) {
		return new Delivery.Entry("web1", "deploy", state, NodeState.IN_SYNC, null, false, Instant.EPOCH, ways, null);
	}

}
