package io.latchkey.transport;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ContentRoomTests {

	private static final int MEBIBYTE = 1024 * 1024;

	private final ContentRoom room = new ContentRoom(Duration.ZERO);

	@Test
	void aFewHoldMuchAtOnceAndEveryoneALittle() {
		List<ContentRoom.Share> shares = new ArrayList<>();
		for (int i = 0; i < ContentRoom.TURNS; i++) {
			ContentRoom.Share share = this.room.share();
			assertThat(share.takesBytes(8 * MEBIBYTE)).isTrue();
			shares.add(share);
		}
		ContentRoom.Share another = this.room.share();
		assertThat(another.takesBytes(MEBIBYTE)).isTrue();
		assertThat(another.takesBytes(1)).isFalse();
		shares.get(0).close();
		shares.get(0).close();
		assertThat(another.takesBytes(8 * MEBIBYTE)).isTrue();
		assertThat(this.room.share().takesBytes(2 * MEBIBYTE)).isFalse();
	}

	@Test
	void oneHoldsNoMoreThanItsMost() {
		ContentRoom.Share share = this.room.share();
		for (int i = 0; i < 8; i++) {
			assertThat(share.takesBytes(8 * MEBIBYTE)).isTrue();
		}
		assertThat(share.takesBytes(1)).isFalse();
	}

	@Test
	void linesCountHoweverShortTheyAre() {
		ContentRoom.Share share = this.room.share();
		assertThat(share.takesLines("\n".repeat(ContentRoom.MOST_LINES - 1).getBytes(StandardCharsets.UTF_8))).isTrue();
		assertThat(share.takesLines("\n".repeat(ContentRoom.MOST_LINES).getBytes(StandardCharsets.UTF_8))).isFalse();
		assertThat(this.room.share().takesLines(new byte[8 * MEBIBYTE])).isTrue();
	}

}
