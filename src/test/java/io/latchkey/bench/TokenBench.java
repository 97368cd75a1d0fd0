package io.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Not a test, although JUnit starts it: {@code script/bench token}. What a call with a
 * token costs Latchkey, of another build and of this one; the two take turns.
 */
class TokenBench {

	private static final int CALLS = Integer.getInteger("latchkey.bench.calls", 1_000);

	private static final int ROUNDS = Integer.getInteger("latchkey.bench.rounds", 9);

	/** Until Java has compiled what there is to compile. */
	private static final int CALLS_BEFORE = Integer.getInteger("latchkey.bench.calls-before", 5_000);

	private static final Map<String, Object> NODE = Map.of("name", "bench", "address", "127.0.0.1", "port", 1);

	private final List<String> lines = new ArrayList<>();

	@Test
	void measure() throws Exception {
		Path jar = Path.of(System.getProperty("latchkey.bench.jar")).toAbsolutePath();
		Path before = Path.of(System.getProperty("latchkey.bench.before.jar")).toAbsolutePath();
		String commit = System.getProperty("latchkey.bench.before.commit");
		List<Double> ratios = new ArrayList<>();
		try (LatchkeyProcess one = new LatchkeyProcess(before, Path.of("target/bench/before"));
				LatchkeyProcess other = new LatchkeyProcess(jar, Path.of("target/bench/now"))) {
			prepare(one);
			prepare(other);
			say("| round | %s | this build | ratio |".formatted(commit));
			say("| ---: | ---: | ---: | ---: |");
			for (int round = 1; round <= ROUNDS; round++) {
				Duration first = costOf(one);
				Duration second = costOf(other);
				double ratio = second.toMillis() / (double) first.toMillis();
				ratios.add(ratio);
				say(String.format(Locale.ROOT, "| %d | %.2f ms | %.2f ms | %.2f |", round, eachCall(first),
						eachCall(second), ratio));
			}
			say(String.format(Locale.ROOT, "Median ratio of the CPU time of `GET /api/v1/nodes/{name}`: %.2f",
					ratios.stream().sorted().toList().get(ROUNDS / 2)));
		}
		finally {
			report();
		}
	}

	private static void prepare(LatchkeyProcess latchkey) {
		latchkey.post("/nodes", NODE);
		ask(latchkey, CALLS_BEFORE);
	}

	private static Duration costOf(LatchkeyProcess latchkey) throws Exception {
		return latchkey.costing(() -> ask(latchkey, CALLS)).run();
	}

	private static void ask(LatchkeyProcess latchkey, int calls) {
		for (int call = 0; call < calls; call++) {
			assertThat(latchkey.get("/nodes/bench").at("/name").asString()).isEqualTo("bench");
		}
	}

	private static double eachCall(Duration cost) {
		return cost.toMillis() / (double) CALLS;
	}

	private void report() throws IOException {
		Files.write(Path.of("target/bench-token.md"), this.lines);
	}

	private void say(String line) {
		System.out.println(line);
		this.lines.add(line);
	}

}
