package io.latchkey.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import io.latchkey.Patience;
import io.latchkey.Repetitions;
import io.latchkey.RequiresProgram;
import io.latchkey.SampleKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Latchkey is killed at random moments of a rotation of its key, with some of the nodes
 * away. How many nodes and kills, how many of the nodes are away, and from which seed say
 * the system properties {@code latchkey.test.rotation.nodes}, {@code .kills} and
 * {@code .away} and {@code latchkey.test.seed}.
 */
@Tag("repeats")
@RequiresProgram("sshd")
class KilledRotationSshdTests {

	private static final int NODES = Integer.getInteger("latchkey.test.rotation.nodes", 5);

	private static final int KILLS = Integer.getInteger("latchkey.test.rotation.kills", Repetitions.of(2, 30));

	private static final int AWAY = Integer.getInteger("latchkey.test.rotation.away", 1);

	private static final long SEED = Long.getLong("latchkey.test.seed", System.nanoTime() & 0xffffff);

	private static final Duration PATIENCE = Patience.of(Duration.ofSeconds(90));

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(NODES);

	@TempDir
	Path folder;

	private final Random random = new Random(SEED);

	@Test
	void everyNodeEndsWithTheNewestLineAlone() {
		LatchkeyInstallation latchkeys = new LatchkeyInstallation(this.folder,
				"--latchkey.reconcile.confirm-within=" + Patience.of(Duration.ofSeconds(4)),
				"--latchkey.reconcile.longest-back-off=2s");
		enrol(latchkeys);
		Map<SshdNode, String> before = files();
		String old = managementLines(before.get(SSHD.first())).get(0);
		List<SshdNode> away = SSHD.all().subList(NODES - AWAY, NODES);
		away.forEach(SshdNode::stop);

		for (int kill = 0; kill < KILLS; kill++) {
			try (LatchkeyProcess latchkey = latchkeys.nextLife()) {
				latchkey.awaitReady();
				if (kill == 0) {
					latchkey.tell("rotate");
				}
				LockSupport.parkNanos(this.random.nextLong(Duration.ofMillis(150L * NODES).toNanos()));
			}
			files()
				.forEach((node, file) -> assertThat(managementLines(file)).as("seed %d, %s", SEED, node).isNotEmpty());
		}
		away.forEach((node) -> assertThat(managementLines(read(node))).containsExactly(old));

		away.forEach(SshdNode::start);
		try (LatchkeyProcess latchkey = latchkeys.nextLife()) {
			latchkey.awaitReady();
			await().atMost(PATIENCE)
				.pollInterval(Duration.ofMillis(500))
				.untilAsserted(() -> assertThat(latchkey.tell("unmoved"))
					.as(() -> "seed %d; this life wrote:%n%s".formatted(SEED, latchkey.log()))
					.isEqualTo("0"));
			assertThat(latchkey.tell("settled")).isEqualTo(KilledLatchkey.allInSync(NODES));
		}
		Map<SshdNode, String> after = files();
		String newest = managementLines(after.get(SSHD.first())).get(0);
		assertThat(newest).isNotEqualTo(old);
		before.forEach((node, file) -> assertThat(after.get(node)).as("seed %d, %s", SEED, node)
			.isEqualTo(file.replace(old, newest)));
	}

	private static void enrol(LatchkeyInstallation latchkeys) {
		for (SshdNode node : SSHD.all()) {
			node.authorize("root", "# root of " + node + "\r", "", SampleKeys.ed25519() + " somebody  else");
		}
		try (LatchkeyProcess latchkey = latchkeys.firstLife()) {
			latchkey.awaitReady();
			List<CompletableFuture<String>> answers = new ArrayList<>();
			for (SshdNode node : SSHD.all()) {
				answers.add(latchkey.ask("node", "node-" + answers.size(), node.address(),
						Integer.toString(node.port()), node.password(), node.hostKeyFingerprints().get(0)));
			}
			answers.forEach(latchkey::get);
			await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(latchkey.tell("settled")).isEqualTo(KilledLatchkey.allInSync(NODES)));
			latchkey.end();
		}
	}

	private static Map<SshdNode, String> files() {
		Map<SshdNode, String> files = new HashMap<>();
		SSHD.all().forEach((node) -> files.put(node, read(node)));
		return files;
	}

	private static String read(SshdNode node) {
		try {
			return Files.readString(node.authorizedKeys("root"));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> managementLines(String file) {
		return file.lines().filter((line) -> line.endsWith(" latchkey")).collect(Collectors.toList());
	}

}
