package io.latchkey.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.Patience;
import io.latchkey.Repetitions;
import io.latchkey.RequiresProgram;
import io.latchkey.SampleKeys;
import io.latchkey.sshd.Ssh;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Latchkey is killed at random moments while it works on many nodes. How often and from
 * which seed say the system properties {@code latchkey.test.kills} and
 * {@code latchkey.test.seed}.
 */
@Tag("repeats")
@RequiresProgram("sshd")
class KilledLatchkeySshdTests {

	private static final int NODES = Integer.getInteger("latchkey.test.nodes", Repetitions.of(10, 20));

	private static final int KILLS = Integer.getInteger("latchkey.test.kills", Repetitions.of(2, 50));

	private static final long SEED = Long.getLong("latchkey.test.seed", System.nanoTime() & 0xffffff);

	private static final Duration PATIENCE = Patience.of(Duration.ofSeconds(120));

	private static final List<String> ACCOUNTS = List.of("root", "deploy", "alice");

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(NODES).withOwnAccounts();

	@TempDir
	Path folder;

	private final Random random = new Random(SEED);

	private final Map<String, SshKeyPair> keys = new HashMap<>();

	/**
	 * What was acknowledged: the identity and account of each grant, as in its answer.
	 */
	private final Map<Long, Access> issued = new ConcurrentHashMap<>();

	private final Set<Long> revoked = ConcurrentHashMap.newKeySet();

	/** What was asked for, perhaps done, and not acknowledged. */
	private final Set<Long> perhapsRevoked = new HashSet<>();

	private record Access(String identity, String account) {

	}

	@Test
	void keepsEveryFileWholeAndEveryAcknowledgedChange() throws IOException {
		makeKeys();
		LatchkeyInstallation latchkeys = new LatchkeyInstallation(this.folder);
		long longestRun = prepare(latchkeys);
		List<Path> files = files();
		try (FileWatch watch = new FileWatch(files,
				this.keys.values().stream().map(KilledLatchkeySshdTests::body).toList())) {
			for (int kill = 0; kill < KILLS; kill++) {
				changeAndKill(latchkeys, longestRun);
				assertThat(watch.broken()).as("seed %d, kill %d", SEED, kill).isNull();
			}
			try (LatchkeyProcess latchkey = latchkeys.nextLife()) {
				latchkey.awaitReady();
				awaitAllInSync(latchkey);
				Map<Long, Access> active = active(latchkey);
				assertNothingAcknowledgedIsLost(active);
				assertAllNodesHold(active, watch);
			}
			assertThat(watch.broken()).as("seed %d", SEED).isNull();
			assertThat(watch.rounds()).isGreaterThan(KILLS);
		}
		assertThatNothingIsLeftBehind(files);
	}

	private void makeKeys() {
		for (int i = 0; i < 12; i++) {
			this.keys.put("person-" + i, SshKeys.generate());
		}
	}

	/** Returns how long a run over all nodes takes, in nanoseconds. */
	private long prepare(LatchkeyInstallation latchkeys) {
		for (SshdNode node : SSHD.all()) {
			for (String account : ACCOUNTS) {
				node.authorize(account, "# " + account + " of " + node + "\r", "", "  not a key at all",
						"from=\"10.0.0.0/8\" " + SampleKeys.ed25519() + " somebody  else");
			}
		}
		try (LatchkeyProcess latchkey = latchkeys.firstLife()) {
			latchkey.awaitReady();
			List<CompletableFuture<String>> answers = new ArrayList<>();
			List<String> cluster = new ArrayList<>(List.of("cluster", "all"));
			for (SshdNode node : SSHD.all()) {
				String name = "node-" + (cluster.size() - 1);
				answers.add(latchkey.ask("node", name, node.address(), Integer.toString(node.port()), node.password(),
						node.hostKeyFingerprints().get(0)));
				cluster.add(name);
			}
			this.keys.forEach((name, key) -> answers.add(latchkey.ask("identity", name, key.publicKey())));
			answers.forEach(latchkey::get);
			latchkey.tell(cluster.toArray(String[]::new));
			awaitAllInSync(latchkey);
			long begin = System.nanoTime();
			issue(latchkey, new Access("person-0", "deploy")).join();
			latchkey.tell("settled");
			long took = System.nanoTime() - begin;
			latchkey.end();
			return took;
		}
	}

	/**
	 * The first change is acknowledged, so that the nodes' runs are under way; those
	 * after it may be caught at any moment of theirs.
	 */
	private void changeAndKill(LatchkeyInstallation latchkeys, long longestRun) {
		try (LatchkeyProcess latchkey = latchkeys.nextLife()) {
			latchkey.awaitReady();
			latchkey.get(change(latchkey));
			int more = this.random.nextInt(3);
			for (int i = 0; i <= more; i++) {
				LockSupport.parkNanos(this.random.nextLong(longestRun / (more + 1)));
				if (i < more) {
					change(latchkey);
				}
			}
		}
	}

	private CompletableFuture<?> change(LatchkeyProcess latchkey) {
		List<Long> standing = this.issued.keySet()
			.stream()
			.filter((grant) -> !this.revoked.contains(grant) && !this.perhapsRevoked.contains(grant))
			.sorted()
			.toList();
		if (standing.size() < 3 || this.random.nextBoolean()) {
			return issue(latchkey, new Access("person-" + this.random.nextInt(this.keys.size()),
					ACCOUNTS.get(this.random.nextInt(ACCOUNTS.size()))));
		}
		return revoke(latchkey, standing.get(this.random.nextInt(standing.size())));
	}

	private CompletableFuture<?> issue(LatchkeyProcess latchkey, Access access) {
		return latchkey.ask("issue", access.identity(), "all", access.account())
			.thenAccept((grant) -> this.issued.put(Long.valueOf(grant), access));
	}

	private CompletableFuture<?> revoke(LatchkeyProcess latchkey, long grant) {
		this.perhapsRevoked.add(grant);
		return latchkey.ask("revoke", Long.toString(grant)).thenAccept((done) -> this.revoked.add(grant));
	}

	private static Map<Long, Access> active(LatchkeyProcess latchkey) {
		return Arrays.stream(latchkey.tell("grants").split(" "))
			.map((grant) -> grant.split(":"))
			.collect(Collectors.toMap((grant) -> Long.valueOf(grant[0]), (grant) -> new Access(grant[1], grant[2])));
	}

	/** A node may be too slow for a moment on a busy machine; then it is tried again. */
	private static void awaitAllInSync(LatchkeyProcess latchkey) {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(latchkey.tell("settled"))
				.as(() -> "seed %d; this life wrote:%n%s".formatted(SEED, latchkey.log()))
				.isEqualTo(KilledLatchkey.allInSync(NODES)));
	}

	private void assertNothingAcknowledgedIsLost(Map<Long, Access> active) {
		Map<Long, Access> surely = new HashMap<>(this.issued);
		surely.keySet().removeAll(this.perhapsRevoked);
		assertThat(active).as("seed %d", SEED).containsAllEntriesOf(surely);
		assertThat(this.revoked).as("seed %d", SEED).noneMatch(active::containsKey);
		assertThat(this.issued.size() + this.revoked.size()).isGreaterThan(KILLS);
	}

	private void assertAllNodesHold(Map<Long, Access> active, FileWatch watch) throws IOException {
		for (String account : ACCOUNTS) {
			Set<String> expected = active.values()
				.stream()
				.filter((access) -> access.account().equals(account))
				.map((access) -> body(this.keys.get(access.identity())))
				.collect(Collectors.toSet());
			for (SshdNode node : SSHD.all()) {
				assertThat(watch.keysIn(node.authorizedKeys(account))).as("seed %d, %s on %s", SEED, account, node)
					.isEqualTo(expected);
			}
		}
		SshdNode node = SSHD.get(this.random.nextInt(NODES));
		this.keys
			.forEach((identity, key) -> assertThat(Ssh.to(node).letsIn("deploy", key)).as("%s on %s", identity, node)
				.isEqualTo(active.containsValue(new Access(identity, "deploy"))));
	}

	private static void assertThatNothingIsLeftBehind(List<Path> files) throws IOException {
		for (Path file : files) {
			try (Stream<Path> beside = Files.list(file.getParent())) {
				assertThat(beside).containsExactly(file);
			}
		}
	}

	private static List<Path> files() {
		return SSHD.all()
			.stream()
			.flatMap((node) -> ACCOUNTS.stream().map((account) -> node.authorizedKeys(account)))
			.toList();
	}

	/** The type and the base64 of a key. */
	private static String body(SshKeyPair key) {
		String[] words = key.publicKey().split(" ");
		return words[0] + " " + words[1];
	}

}
