package io.latchkey.reconcile.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RoomForRemovedTests {

	@Test
	void endsAtItsMost() {
		RoomForRemoved room = new RoomForRemoved(Map.of("deploy", RoomForRemoved.MOST - 500L), Set.of("deploy"));
		assertThat(room.isFor("deploy", 500)).isTrue();
		assertThat(room.isFor("deploy", 501)).isFalse();
		room.take("deploy", 500);
		assertThat(room.isFor("deploy", 1)).isFalse();
		assertThat(room.isFor("alice", RoomForRemoved.MOST)).isTrue();
	}

	/** A node that names ever other accounts makes it no larger. */
	@Test
	void endsForAllThatNobodyHasAGrantForTogether() {
		Map<String, Long> stored = new HashMap<>();
		for (int i = 0; i < 5; i++) {
			stored.put("gone" + i, RoomForRemoved.MOST - 1L);
		}
		stored.put("deploy", 1000L);
		RoomForRemoved room = new RoomForRemoved(stored, Set.of("deploy"));
		assertThat(room.isFor("alice", 5)).isTrue();
		assertThat(room.isFor("alice", 6)).isFalse();
		room.take("alice", 5);
		assertThat(room.isFor("bob", 1)).isFalse();
		assertThat(room.isFor("deploy", 1000)).isTrue();
	}

}
