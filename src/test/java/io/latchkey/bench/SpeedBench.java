package io.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.latchkey.RequiresProgram;
import io.latchkey.sshd.ProgramRun;
import io.latchkey.sshd.Ssh;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Not a test, although JUnit starts it: {@code script/bench}. What every step was to do
 * is looked at afterwards, from outside of Latchkey.
 */
@RequiresProgram({ "sshd", "ssh", "unshare" })
class SpeedBench {

	private static final int COUNT = Integer.getInteger("latchkey.bench.nodes", 100);

	private static final int ROUNDS = Integer.getInteger("latchkey.bench.rounds", 5);

	/** It takes its time, and always about the same. */
	private static final int ANSIBLE_ROUNDS = Math.min(3, ROUNDS);

	private static final int TRIES = Integer.getInteger("latchkey.bench.tries", 100);

	/** For Latchkey's Java: {@code -XX:StartFlightRecording=…}, for instance. */
	private static final String[] OPTIONS = System.getProperty("latchkey.bench.options", "").strip().split("\\s+");

	private static final int CROWD = Integer.getInteger("latchkey.bench.crowd", 1000);

	/** An sshd listens on sixteen addresses at most. */
	private static final int ADDRESSES_EACH = Math.min(16, Math.max(1, (CROWD + COUNT - 1) / COUNT));

	private static final String FLOOR = "a bare JSch login that runs `true`: the floor";

	private static final String SSH = "`xargs -P 16 ssh`, defaults";

	private static final String TUNED = "`xargs -P 16 ssh`, curve25519";

	private static final String ANSIBLE = "Ansible `authorized_key`, 50 forks, pipelining";

	private static final String FIRST = "Latchkey: first distribution of 10 keys, each with a login";

	private static final String MORE = "Latchkey: one more grant, by the sessions that were kept";

	private static final String CHECK = "Latchkey: check, nothing changed, each with a login";

	private static final String REVOKE = "Latchkey: revocation of the 10 keys";

	private static final String LIVE = "Latchkey: one more grant, only to the live 80 %";

	private static final String HUNG = "Latchkey: one more grant, to the live 80 % while 20 % hang";

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(COUNT).onAddresses(ADDRESSES_EACH).withOwnAccounts();

	@TempDir
	static Path folder;

	private final ReportTable table = new ReportTable();

	private final List<String> findings = new ArrayList<>();

	private final SshKeyPair bare = SshKeys.generate();

	private final List<SshKeyPair> ten = Stream.generate(SshKeys::generate).limit(10).toList();

	private final SshKeyPair eve = SshKeys.generate();

	private final SshKeyPair frank = SshKeys.generate();

	private final Fleet fleet = new Fleet(SSHD.all());

	@Test
	void measure() throws Exception {
		try (LatchkeyProcess latchkey = new LatchkeyProcess(program(), Path.of("target/bench/latchkey"), OPTIONS)) {
			ManagedFleet managed = new ManagedFleet(latchkey, this.fleet, 1);
			prepare(managed);
			for (int round = 0; round <= ROUNDS; round++) {
				say((round > 0) ? "round %d of %d".formatted(round, ROUNDS) : "just started");
				others(round);
				latchkey(latchkey, managed);
			}
			say("single grants");
			singleGrants(managed);
		}
		try {
			crowd();
		}
		finally {
			report();
		}
	}

	private void prepare(ManagedFleet managed) throws Exception {
		say("%d nodes, enrolling".formatted(COUNT));
		identities(managed);
		managed.identity("eve", this.eve);
		managed.identity("frank", this.frank);
		this.fleet.letIn(this.bare, managed.managementLine());
		managed.enrol();
		managed.cluster("all", managed.names());
		managed.cluster("live", managed.names().subList(hung(), COUNT));
		managed.check();
		managed.mustBeCheckedSince(Instant.EPOCH);
	}

	private void identities(ManagedFleet managed) {
		for (int i = 0; i < this.ten.size(); i++) {
			managed.identity("person" + i, this.ten.get(i));
		}
		managed.team("ten", IntStream.range(0, this.ten.size()).mapToObj((i) -> "person" + i).toList());
	}

	private void others(int round) throws Exception {
		BareLogins bareLogins = new BareLogins(this.fleet, this.bare);
		measure(FLOOR, bareLogins::run);
		this.fleet.empty("alice");
		SshLoop loop = new SshLoop(this.fleet, folder.resolve("ssh"), this.bare, "alice");
		measure(SSH, () -> loop.run(this.ten, ""));
		this.fleet.empty("alice");
		measure(TUNED, () -> loop.run(this.ten, "-o " + SshLoop.TUNED));
		if (round <= ANSIBLE_ROUNDS && AnsiblePlaybook.isInstalled()) {
			this.fleet.empty("latchkey");
			AnsiblePlaybook ansible = new AnsiblePlaybook(this.fleet, folder.resolve("ansible"), loop.configuration(),
					"latchkey");
			measure(ANSIBLE, () -> ansible.run(this.ten));
			ansible.hangUp();
		}
	}

	private void latchkey(LatchkeyProcess latchkey, ManagedFleet managed) throws Exception {
		this.fleet.empty("deploy");
		managed.check();
		latchkey.letSessionsEnd();
		long[] grants = new long[2];
		measure(FIRST, latchkey.costing(() -> grants[0] = managed.grantToAll("team:ten", "cluster:all", "deploy")));
		this.fleet.mustHold("deploy", this.ten);
		measure(MORE, latchkey.costing(() -> grants[1] = managed.grantToAll("identity:eve", "cluster:all", "deploy")));
		this.fleet.mustHold("deploy", with(this.ten, this.eve));
		managed.settle();
		Instant start = Instant.now();
		measure(CHECK, latchkey.costing(managed::check));
		managed.mustBeCheckedSince(start);
		managed.mustBeUnchanged();
		measure(REVOKE, latchkey.costing(() -> managed.revoke(grants[0])));
		this.fleet.mustHold("deploy", List.of(this.eve));
		withHungNodes(latchkey, managed);
		managed.revoke(grants[1]);
		this.fleet.mustHold("deploy", List.of());
	}

	private void withHungNodes(LatchkeyProcess latchkey, ManagedFleet managed) throws Exception {
		Fleet mute = this.fleet.first(hung());
		Fleet live = this.fleet.from(hung());
		List<String> liveNames = managed.names().subList(hung(), COUNT);
		long alone = untilInPlace(LIVE, latchkey, managed, "cluster:live", liveNames);
		live.mustHold("deploy", List.of(this.eve, this.frank));
		managed.revoke(alone);
		mute.nodes().forEach(SshdNode::pause);
		long all;
		try {
			all = untilInPlace(HUNG, latchkey, managed, "cluster:all", liveNames);
			live.mustHold("deploy", List.of(this.eve, this.frank));
			mute.mustHold("deploy", List.of(this.eve));
		}
		finally {
			mute.nodes().forEach(SshdNode::resume);
		}
		managed.check();
		this.fleet.mustHold("deploy", List.of(this.eve, this.frank));
		managed.revoke(all);
	}

	/**
	 * The answer comes when the mute ones are given up; until then the live ones have
	 * long been served.
	 */
	private long untilInPlace(String step, LatchkeyProcess latchkey, ManagedFleet managed, String target,
			List<String> liveNames) {
		Duration ours = latchkey.cpu();
		Duration sshd = this.fleet.cpu();
		Instant start = Instant.now();
		JsonNode grant = managed.grant("identity:frank", target, "deploy");
		Duration time = ManagedFleet.untilInPlace(grant, start, liveNames);
		add(step, new Lap(time, latchkey.cpu().minus(ours), this.fleet.cpu().minus(sshd)));
		return grant.at("/id").asLong();
	}

	private void singleGrants(ManagedFleet managed) {
		List<Duration> usable = new ArrayList<>();
		List<Duration> refused = new ArrayList<>();
		List<Duration> answered = new ArrayList<>();
		List<Duration> login = new ArrayList<>();
		for (int i = 0; i < TRIES; i++) {
			int index = i % COUNT;
			Ssh ssh = Ssh.to(SSHD.get(index));
			String target = "node:" + managed.names().get(index);
			long start = System.nanoTime();
			long grant = managed.grantToAll("identity:frank", target, "deploy");
			answered.add(since(start));
			long before = System.nanoTime();
			must(ssh.letsIn("deploy", this.frank), "granted, and refused");
			login.add(since(before));
			usable.add(since(start));
			start = System.nanoTime();
			managed.revoke(grant);
			must(!ssh.letsIn("deploy", this.frank), "revoked, and let in");
			refused.add(since(start));
		}
		this.findings.add(
				"Single grant to one node, %d tries, one after the other; the judge is a real `ssh`:".formatted(TRIES));
		this.findings.add("");
		this.findings.add("| from the call until | p50 | p99 |");
		this.findings.add("| --- | ---: | ---: |");
		this.findings.add(percentiles("the answer that it is in place", answered));
		this.findings.add(percentiles("`ssh` was let in (its own login included)", usable));
		this.findings.add(percentiles("`ssh` was refused after the revocation (its attempt included)", refused));
		this.findings.add(percentiles("such an `ssh` alone", login));
		goal("grant → usable, p99 in ms", Lap.percentile(usable, 99).toMillis(), 500);
	}

	/**
	 * Each sshd stands for several nodes. Nothing is revoked: what one of them wrote is
	 * foreign to the others, and stays.
	 */
	private void crowd() throws Exception {
		say("%d nodes with 256 MiB, enrolling".formatted(COUNT * ADDRESSES_EACH));
		try (LatchkeyProcess latchkey = new LatchkeyProcess(program(), Path.of("target/bench/crowd"), "-Xmx256m",
				"-XX:+ExitOnOutOfMemoryError")) {
			ManagedFleet managed = new ManagedFleet(latchkey, this.fleet, ADDRESSES_EACH);
			this.fleet.empty("deploy");
			identities(managed);
			this.fleet.letIn(this.bare, managed.managementLine());
			managed.enrol();
			managed.cluster("all", managed.names());
			say("distributing");
			long start = System.nanoTime();
			managed.grantToCrowd("team:ten", "cluster:all", "deploy");
			Duration distribution = since(start);
			this.fleet.mustHold("deploy", this.ten);
			start = System.nanoTime();
			managed.check();
			Duration check = since(start);
			this.findings.add("");
			this.findings.add(
					"%d nodes (%d addresses on each sshd) under `-Xmx256m`: distribution %s, check %s; live heap %d MiB, resident %d MiB at most"
						.formatted(managed.names().size(), ADDRESSES_EACH, ReportTable.seconds(distribution),
								ReportTable.seconds(check), latchkey.liveHeapMebibytes(),
								latchkey.mostResidentMebibytes()));
			this.findings.add("");
		}
	}

	private void report() throws IOException {
		List<String> lines = new ArrayList<>();
		lines.add("%d nodes, %d processors, %s, Java %s, %d rounds, medians".formatted(COUNT,
				Runtime.getRuntime().availableProcessors(), ProgramRun.of("ssh", "-V").errorOutput().strip(),
				Runtime.version(), ROUNDS));
		lines.add("");
		lines.addAll(this.table.lines(COUNT, FLOOR));
		lines.add("");
		if (this.table.has(ANSIBLE)) {
			goal("Ansible ÷ first distribution (at least 12)", -this.table.ratio(ANSIBLE, FIRST), -12);
		}
		else {
			this.findings.add("Ansible with authorized_key is not installed: not compared.");
		}
		goal("first distribution ÷ tuned ssh", this.table.ratio(FIRST, TUNED), 1);
		goal("check ÷ floor", this.table.ratio(CHECK, FLOOR), 1.25);
		goal("live nodes with 20 % hung ÷ without", this.table.ratio(HUNG, LIVE), 1.2);
		lines.addAll(this.findings);
		lines.forEach(System.out::println);
		Files.write(Path.of(System.getProperty("latchkey.bench.report", "target/bench.md")), lines);
	}

	private void goal(String what, double value, double most) {
		this.findings.add("- %s: %.2f, goal %.2f: %s".formatted(what, Math.abs(value), Math.abs(most),
				(value <= most) ? "met" : "NOT MET"));
	}

	private static String percentiles(String what, List<Duration> durations) {
		return "| %s | %s | %s |".formatted(what, ReportTable.millis(Lap.percentile(durations, 50)),
				ReportTable.millis(Lap.percentile(durations, 99)));
	}

	private void measure(String step, Step run) throws Exception {
		add(step, this.fleet.measure(run));
	}

	private void add(String step, Lap lap) {
		this.table.add(step, lap);
		say("  %-62s %s, client %s, sshd %s".formatted(step, ReportTable.seconds(lap.time()),
				ReportTable.seconds(lap.clientCpu()), ReportTable.seconds(lap.sshdCpu())));
	}

	private static int hung() {
		return Math.max(1, COUNT / 5);
	}

	private static List<SshKeyPair> with(List<SshKeyPair> keys, SshKeyPair more) {
		return Stream.concat(keys.stream(), Stream.of(more)).toList();
	}

	private static Duration since(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private static void must(boolean holds, String otherwise) {
		if (!holds) {
			throw new IllegalStateException(otherwise);
		}
	}

	private static Path program() {
		return Path.of(System.getProperty("latchkey.bench.program")).toAbsolutePath();
	}

	private static void say(String line) {
		System.out.println(line);
	}

}
