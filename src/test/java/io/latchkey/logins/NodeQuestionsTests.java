package io.latchkey.logins;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.latchkey.Patience;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Many nodes are asked, of which some do not answer. */
class NodeQuestionsTests {

	private final NodeQuestions questions = new NodeQuestions();

	private final CountDownLatch never = new CountDownLatch(1);

	@AfterEach
	void stop() {
		this.never.countDown();
		this.questions.close();
	}

	@Test
	void answersInTheirOrderWithTheOneThatHangsAndTheOneThatBreaksOffEmpty() {
		Map<String, Optional<String>> answers = this.questions.each(List.of("a", "hangs", "breaks", "b"),
				Patience.of(Duration.ofMillis(300)), this::answer);
		assertThat(answers).containsExactly(Map.entry("a", Optional.of("A")), Map.entry("hangs", Optional.empty()),
				Map.entry("breaks", Optional.empty()), Map.entry("b", Optional.of("B")));
	}

	@Test
	void asksSixteenAtATimeAndThoseNotAtAllThatHaveNotBegunInTime() {
		Set<Integer> asked = ConcurrentHashMap.newKeySet();
		Map<Integer, Optional<Integer>> answers = this.questions.each(IntStream.range(0, 48).boxed().toList(),
				Duration.ofMillis(100), (number) -> {
					asked.add(number);
					answer("hangs");
					return number;
				});
		assertThat(answers).hasSize(48).allSatisfy((number, answer) -> assertThat(answer).isEmpty());
		this.never.countDown();
		assertThat(this.questions.each(List.of("a"), Patience.of(Duration.ofSeconds(10)), this::answer))
			.containsEntry("a", Optional.of("A"));
		assertThat(asked).hasSizeLessThanOrEqualTo(16);
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
