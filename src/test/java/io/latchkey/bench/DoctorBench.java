package io.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.latchkey.RequiresProgram;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * Not a test, although JUnit starts it: {@code script/bench doctor}. A cluster diagnosed
 * in one go, against a check of all its nodes.
 */
@RequiresProgram({ "sshd", "unshare" })
class DoctorBench {

	private static final int COUNT = Integer.getInteger("latchkey.bench.nodes", 100);

	private static final int ROUNDS = Integer.getInteger("latchkey.bench.rounds", 5);

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(COUNT).withOwnAccounts();

	private final SshKeyPair bare = SshKeys.generate();

	private final Fleet fleet = new Fleet(SSHD.all());

	@Test
	void measure() throws Exception {
		Path program = Path.of(System.getProperty("latchkey.bench.program")).toAbsolutePath();
		try (LatchkeyProcess latchkey = new LatchkeyProcess(program, Path.of("target/bench/doctor"))) {
			ManagedFleet managed = new ManagedFleet(latchkey, this.fleet, 1);
			this.fleet.letIn(this.bare, managed.managementLine());
			managed.enrol();
			managed.cluster("all", managed.names());
			managed.identity("alice", SshKeys.generate());
			managed.grantToAll("identity:alice", "cluster:all", "alice");
			managed.settle();
			managed.mustBeCheckedSince(Instant.EPOCH);
			latchkey.letSessionsEnd();
			Duration first = took(() -> diagnose(latchkey));
			List<Duration> checks = new ArrayList<>();
			List<Duration> diagnoses = new ArrayList<>();
			for (int round = 0; round < ROUNDS; round++) {
				latchkey.letSessionsEnd();
				checks.add(took(managed::check));
				latchkey.letSessionsEnd();
				diagnoses.add(took(() -> diagnose(latchkey)));
			}
			report(first, middle(checks), middle(diagnoses));
		}
	}

	private static void diagnose(LatchkeyProcess latchkey) {
		JsonNode found = latchkey.post("/clusters/all/diagnosis", Map.of());
		for (JsonNode node : found.at("/nodes")) {
			if (!node.at("/looked").asBoolean() || node.at("/explained").asInt() != 0) {
				throw new IllegalStateException("Not well: " + node);
			}
		}
	}

	private static Duration took(Runnable work) {
		long begun = System.nanoTime();
		work.run();
		return Duration.ofNanos(System.nanoTime() - begun);
	}

	private static Duration middle(List<Duration> durations) {
		Collections.sort(durations);
		return durations.get(durations.size() / 2);
	}

	private static void report(Duration first, Duration check, Duration diagnosis) throws IOException {
		String line = String.format(Locale.ROOT,
				"%d nodes: check of all %.2f s, diagnosis of the cluster %.2f s (%.2f ×), the first one %.2f s (%.2f ×)",
				COUNT, seconds(check), seconds(diagnosis), seconds(diagnosis) / seconds(check), seconds(first),
				seconds(first) / seconds(check));
		System.out.println(line);
		Files.writeString(Path.of("target/bench-doctor.md"), line + "\n");
	}

	private static double seconds(Duration duration) {
		return duration.toMillis() / 1000.0;
	}

}
