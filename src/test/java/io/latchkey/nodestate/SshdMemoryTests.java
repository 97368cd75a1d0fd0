package io.latchkey.nodestate;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.desired.Dialect;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SshdMemoryTests {

	private static final SshdMemory NOTHING = new SshdMemory(null, ZoneOffset.UTC, null, null, true, 0);

	@Test
	void allowsForAClockThatIsOffByMoreThanFiveSeconds() {
		assertThat(after(NOTHING, "PT4.9S").clockAllowanceSeconds()).isZero();
		assertThat(after(NOTHING, "PT90.4S").clockAllowanceSeconds()).isEqualTo(90);
		assertThat(after(NOTHING, "-PT1H").clockAllowanceSeconds()).isEqualTo(-3600);
	}

	@Test
	void keepsAnAllowanceThatIsGoodEnoughAndDropsOneThatIsNot() {
		SshdMemory ahead = after(NOTHING, "PT90S");
		assertThat(after(ahead, "PT93S").dialect()).isEqualTo(ahead.dialect());
		assertThat(after(ahead, "PT0.2S").clockAllowanceSeconds()).isZero();
	}

	@Test
	void speaksToANodeThatIsAwayAsItWas() {
		NodeFacts facts = new NodeFacts(0, Instant.EPOCH, ZoneOffset.ofHours(2), Duration.ZERO, "OpenSSH_8.4p1");
		assertThat(NOTHING.after(facts, null, true).dialect())
			.isEqualTo(Dialect.of("OpenSSH_8.4p1", ZoneOffset.ofHours(2)));
		assertThat(NOTHING.dialect()).isEqualTo(Dialect.CURRENT);
	}

	private static SshdMemory after(SshdMemory before, String offset) {
		return before.after(new NodeFacts(0, Instant.EPOCH, ZoneOffset.UTC, Duration.parse(offset), "OpenSSH_9.2p1"),
				null, true);
	}

}
