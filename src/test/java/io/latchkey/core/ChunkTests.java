package io.latchkey.core;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChunkTests {

	@Test
	void partsWhatIsLong() {
		List<Integer> all = IntStream.range(0, 2_500).boxed().toList();
		assertThat(Chunk.of(all)).extracting(List::size).containsExactly(1_000, 1_000, 500);
		assertThat(Chunk.collect(all, (some) -> some)).isEqualTo(all);
	}

	@Test
	void asksNothingForNothing() {
		List<Chunk<Integer>> asked = new ArrayList<>();
		Chunk.each(List.<Integer>of(), asked::add);
		assertThat(asked).isEmpty();
		assertThat(Chunk.collect(List.<Integer>of(), (some) -> some)).isEmpty();
	}

	@Test
	void namesAValueOnce() {
		assertThat(Chunk.of(List.of(1, 2, 1))).containsExactly(Chunk.of(List.of(1, 2)).get(0));
		assertThat(Chunk.<Integer, String>distinct(IntStream.range(0, 3_000).boxed().toList(), (some) -> List.of("x")))
			.containsExactly("x");
	}

}
