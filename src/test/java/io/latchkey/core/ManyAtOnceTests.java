package io.latchkey.core;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.latchkey.Patience;
import io.latchkey.core.ManyAtOnce.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Many are asked, of which some do not answer. */
class ManyAtOnceTests {

	private final ManyAtOnce many = new ManyAtOnce();

	private final CountDownLatch never = new CountDownLatch(1);

	@AfterEach
	void stop() {
		this.never.countDown();
		this.many.destroy();
	}

	@Test
	void answersInTheirOrderAlsoWhereOneHangsAndOneBreaksOff() {
		Map<String, Outcome<String>> outcomes = this.many.each(List.of("a", "hangs", "breaks", "b"),
				Patience.of(Duration.ofMillis(300)), this::answer);
		assertThat(outcomes.keySet()).containsExactly("a", "hangs", "breaks", "b");
		assertThat(outcomes).containsEntry("a", new Outcome<>("A", null))
			.containsEntry("hangs", new Outcome<>(null, null))
			.containsEntry("b", new Outcome<>("B", null));
		assertThat(outcomes.get("breaks").answer()).isNull();
		assertThat(outcomes.get("breaks").failure()).hasMessage("planted");
	}

	@Test
	void asksSoManyAtATimeAndThoseNotAtAllThatHaveNotBegunInTime() {
		Set<Integer> asked = ConcurrentHashMap.newKeySet();
		Map<Integer, Outcome<Integer>> outcomes = this.many.each(IntStream.range(0, 48).boxed().toList(),
				Duration.ofMillis(100), (number) -> {
					asked.add(number);
					answer("hangs");
					return number;
				});
		assertThat(outcomes).hasSize(48)
			.allSatisfy((number, outcome) -> assertThat(outcome).isEqualTo(new Outcome<>(null, null)));
		this.never.countDown();
		assertThat(this.many.each(List.of("a"), Patience.of(Duration.ofSeconds(10)), this::answer)).containsEntry("a",
				new Outcome<>("A", null));
		assertThat(asked).hasSizeLessThanOrEqualTo(ManyAtOnce.FOR_EACH);
	}

	@Test
	void doesNotKeepASecondWaitingForTheFirst() {
		Thread first = new Thread(() -> this.many.each(IntStream.range(0, 48).boxed().toList(),
				Patience.of(Duration.ofSeconds(30)), (number) -> answer("hangs")));
		first.start();
		assertThat(this.many.each(List.of("a"), Patience.of(Duration.ofSeconds(10)), this::answer)).containsEntry("a",
				new Outcome<>("A", null));
		assertThat(first.isAlive()).isTrue();
	}

	private String answer(String node) {
		if (node.equals("breaks")) {
			throw new IllegalStateException("planted");
		}
		try {
			if (node.equals("hangs")) {
				this.never.await();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return node.toUpperCase(Locale.ROOT);
	}

}
