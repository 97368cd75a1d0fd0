package io.latchkey.reconcile;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RoomForRemovedTests {

	@Test
	void endsAtItsMost() {
		RoomForRemoved room = new RoomForRemoved(Map.of("deploy", RoomForRemoved.MOST - 500L));
		assertThat(room.isFor("deploy", 500)).isTrue();
		assertThat(room.isFor("deploy", 501)).isFalse();
		room.take("deploy", 500);
		assertThat(room.isFor("deploy", 1)).isFalse();
		assertThat(room.isFor("alice", RoomForRemoved.MOST)).isTrue();
	}

}
