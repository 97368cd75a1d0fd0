package io.latchkey.conversation.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ContentRoomTests {

	private static final int MEBIBYTE = 1024 * 1024;

	private final ContentRoom room = new ContentRoom(Duration.ZERO, Duration.ofMinutes(5));

	@Test
	void aFewHoldMuchAtOnceAndEveryoneALittle() {
		List<ContentRoom.Share> shares = new ArrayList<>();
		for (int i = 0; i < ContentRoom.TURNS; i++) {
			ContentRoom.Share share = this.room.share("web1");
			assertThat(share.takesBytes(8 * MEBIBYTE)).isTrue();
			shares.add(share);
		}
		ContentRoom.Share another = this.room.share("web1");
		assertThat(another.takesBytes(MEBIBYTE)).isTrue();
		assertThat(another.takesBytes(1)).isFalse();
		shares.get(0).close();
		shares.get(0).close();
		assertThat(another.takesBytes(8 * MEBIBYTE)).isTrue();
		assertThat(this.room.share("web1").takesBytes(2 * MEBIBYTE)).isFalse();
	}

	@Test
	void whoKeptATurnForLongLeavesHalfOfThemToTheOthers() {
		ContentRoom strict = new ContentRoom(Duration.ZERO, Duration.ZERO.minusSeconds(1));
		for (int i = 0; i < ContentRoom.TURNS; i++) {
			try (ContentRoom.Share share = strict.share("slow" + i)) {
				assertThat(share.takesBytes(2 * MEBIBYTE)).isTrue();
			}
		}
		List<ContentRoom.Share> shares = new ArrayList<>();
		for (int i = 0; i < ContentRoom.TURNS; i++) {
			ContentRoom.Share share = strict.share("slow" + i);
			assertThat(share.takesBytes(2 * MEBIBYTE)).isEqualTo(i < ContentRoom.TURNS / 2);
			shares.add(share);
		}
		assertThat(strict.share("web1").takesBytes(2 * MEBIBYTE)).isTrue();
		assertThat(strict.share("web2").takesBytes(2 * MEBIBYTE)).isTrue();
		assertThat(strict.share("web3").takesBytes(2 * MEBIBYTE)).isFalse();
		shares.forEach(ContentRoom.Share::close);
		assertThat(strict.share("slow3").takesBytes(2 * MEBIBYTE)).isTrue();
	}

	@Test
	void whoIsQuickAgainIsAsTheOthers() {
		for (int round = 0; round < 2; round++) {
			List<ContentRoom.Share> shares = new ArrayList<>();
			for (int i = 0; i < ContentRoom.TURNS; i++) {
				ContentRoom.Share share = this.room.share("web" + i);
				assertThat(share.takesBytes(2 * MEBIBYTE)).isTrue();
				shares.add(share);
			}
			shares.forEach(ContentRoom.Share::close);
		}
	}

	@Test
	void oneHoldsNoMoreThanItsMost() {
		ContentRoom.Share share = this.room.share("web1");
		for (int i = 0; i < 8; i++) {
			assertThat(share.takesBytes(8 * MEBIBYTE)).isTrue();
		}
		assertThat(share.takesBytes(1)).isFalse();
	}

	@Test
	void linesCountHoweverShortTheyAre() {
		ContentRoom.Share share = this.room.share("web1");
		assertThat(share.takesLines("\n".repeat(ContentRoom.MOST_LINES - 1).getBytes(StandardCharsets.UTF_8))).isTrue();
		assertThat(share.takesLines("\n".repeat(ContentRoom.MOST_LINES).getBytes(StandardCharsets.UTF_8))).isFalse();
		assertThat(this.room.share("web1").takesLines(new byte[8 * MEBIBYTE])).isTrue();
	}

}
