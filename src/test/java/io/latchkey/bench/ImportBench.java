package io.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.latchkey.RequiresProgram;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import tools.jackson.databind.JsonNode;

/**
 * Not a test, although JUnit starts it: {@code script/bench import}. An Ansible inventory
 * of bare nodes until the host keys of each are pinned, against a list of their
 * fingerprints.
 */
@RequiresProgram({ "sshd", "unshare" })
class ImportBench {

	private static final int COUNT = Integer.getInteger("latchkey.bench.nodes", 200);

	private static final Duration DEADLINE = Duration.ofMinutes(5);

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(COUNT).withOwnAccounts();

	@Test
	void measure() throws Exception {
		List<SshdNode> nodes = SSHD.all();
		String inventory = IntStream.range(0, COUNT)
			.mapToObj((i) -> "node%03d ansible_host=%s ansible_port=%d".formatted(i, nodes.get(i).address(),
					nodes.get(i).port()))
			.collect(Collectors.joining("\n", "[many]\n", "\n"));
		String list = nodes.stream()
			.flatMap((node) -> node.hostKeyFingerprints().stream())
			.collect(Collectors.joining("\n"));
		Path program = Path.of(System.getProperty("latchkey.bench.program")).toAbsolutePath();
		try (LatchkeyProcess latchkey = new LatchkeyProcess(program, Path.of("target/bench/import"))) {
			long begun = System.nanoTime();
			String digest = latchkey.post("/enrolment/import/preview", Map.of("text", inventory))
				.at("/digest")
				.asString();
			long previewed = System.nanoTime();
			latchkey.post("/enrolment/import", Map.of("text", inventory, "digest", digest));
			long made = System.nanoTime();
			awaitHostKeys(latchkey);
			long shown = System.nanoTime();
			int pinned = latchkey.post("/enrolment/confirm", Map.of("list", list)).at("/pinned").asInt();
			long confirmed = System.nanoTime();
			if (pinned != COUNT) {
				throw new IllegalStateException("Pinned %d of %d nodes".formatted(pinned, COUNT));
			}
			report("%d nodes of an Ansible inventory, with the host keys of each, in %s".formatted(COUNT,
					seconds(begun, confirmed)),
					"preview %s, made %s, host keys %s, confirmed against a list %s".formatted(
							seconds(begun, previewed), seconds(previewed, made), seconds(made, shown),
							seconds(shown, confirmed)));
		}
	}

	private static void awaitHostKeys(LatchkeyProcess latchkey) throws InterruptedException {
		long deadline = System.nanoTime() + DEADLINE.toNanos();
		while (!haveAllShown(latchkey.get("/enrolment/candidates"))) {
			if (System.nanoTime() > deadline) {
				throw new IllegalStateException("Not all have shown their host keys");
			}
			Thread.sleep(200);
		}
	}

	private static boolean haveAllShown(JsonNode candidates) {
		int shown = 0;
		for (JsonNode candidate : candidates) {
			if (!candidate.at("/failure").asString("").isEmpty()) {
				throw new IllegalStateException(candidate.at("/failure").asString());
			}
			if (!candidate.at("/underWay").asBoolean() && !candidate.at("/shown").isEmpty()) {
				shown++;
			}
		}
		return shown == COUNT;
	}

	private static String seconds(long from, long until) {
		return String.format(Locale.ROOT, "%.1f s", (until - from) / 1e9);
	}

	private static void report(String... lines) throws IOException {
		List.of(lines).forEach(System.out::println);
		Files.write(Path.of("target/bench-import.md"), List.of(lines));
	}

}
