package io.latchkey.audit;

import java.time.Instant;

import io.latchkey.core.Actor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChainLinkTests {

	private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

	@Test
	void dependsOnWhatWentBefore() {
		Entry entry = new Entry(AT, Actor.SYSTEM, "a", "s", "d");
		assertThat(ChainLink.START.next(entry).hash())
			.isNotEqualTo(new ChainLink(0, "1".repeat(64)).next(entry).hash());
	}

	@Test
	void tellsFieldsApartThatReadTheSameInOne() {
		assertThat(ChainLink.START.next(new Entry(AT, Actor.SYSTEM, "ab", "c", "d")))
			.isNotEqualTo(ChainLink.START.next(new Entry(AT, Actor.SYSTEM, "a", "bc", "d")));
	}

	@Test
	void keepsItsForm() {
		assertThat(ChainLink.START.next(new Entry(AT, Actor.SYSTEM, "a", "s", "d")).hash())
			.isEqualTo("0f2e84a79c38a51ecba08e33f93a9ccc122d14145a0c8eccd6802be2d898147f");
	}

}
