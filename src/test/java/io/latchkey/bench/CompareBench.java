package io.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.latchkey.RequiresProgram;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Not a test, although JUnit starts it: {@code script/bench compare}. Two builds of
 * Latchkey take turns, each with nodes of its own, so that what one writes is no change
 * that the other has to look at; who has not the turn does nothing.
 */
@RequiresProgram({ "sshd", "ssh", "unshare" })
class CompareBench {

	private static final int COUNT = Integer.getInteger("latchkey.bench.nodes", 100);

	private static final int ROUNDS = Integer.getInteger("latchkey.bench.rounds", 5);

	private static final int STARTS = Integer.getInteger("latchkey.bench.starts", ROUNDS);

	private static final int ANSIBLE_ROUNDS = Math.min(3, ROUNDS);

	private static final int TRIES = Integer.getInteger("latchkey.bench.tries", 100);

	/** So few that each has its session kept until it is its turn again. */
	private static final int KEPT = Math.min(4, COUNT);

	private static final int CROWD = Integer.getInteger("latchkey.bench.crowd", 1000);

	/** An sshd listens on sixteen addresses at most. */
	private static final int ADDRESSES_EACH = Math.min(16, Math.max(1, (CROWD + COUNT - 1) / COUNT));

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(2 * COUNT).onAddresses(ADDRESSES_EACH).withOwnAccounts();

	@TempDir
	static Path folder;

	private final Build before = build("before", "latchkey.bench.before.jar");

	private final Build after = build("after", "latchkey.bench.program");

	/** The same as its jar, without what script/install adds to it. */
	private final Build afterFromItsJar = build("after-jar", "latchkey.bench.jar");

	private final People people = People.generate();

	private final SshKeyPair bare = SshKeys.generate();

	private final Fleet fleet = new Fleet(SSHD.all()).first(COUNT);

	private final Fleet otherFleet = new Fleet(SSHD.all()).from(COUNT);

	private final ReportTable others = new ReportTable();

	private final ComparisonTable comparison = new ComparisonTable(
			"before (%s)".formatted(System.getProperty("latchkey.bench.before.commit", "?")), "after");

	@Test
	void compare() throws Exception {
		try {
			starts();
			inTurns();
			crowd();
		}
		finally {
			report();
		}
	}

	private void starts() throws IOException {
		if (STARTS == 0) {
			return;
		}
		say("starts");
		List<Build> builds = List.of(this.before, this.after, this.afterFromItsJar);
		Map<Build, List<Duration>> again = new HashMap<>();
		Map<Build, List<Duration>> empty = new HashMap<>();
		for (Build build : builds) {
			build.startAgain();
		}
		for (int round = 0; round < STARTS; round++) {
			for (Build build : builds) {
				again.computeIfAbsent(build, (any) -> new ArrayList<>()).add(build.startAgain());
				empty.computeIfAbsent(build, (any) -> new ArrayList<>()).add(build.startEmpty());
			}
		}
		compareStarts("time until ready", again);
		compareStarts("time until ready with an empty database", empty);
	}

	private void compareStarts(String what, Map<Build, List<Duration>> starts) {
		Duration earlier = Lap.percentile(starts.get(this.before), 50);
		this.comparison.durations(what + ", as `script/install` leaves it", earlier,
				Lap.percentile(starts.get(this.after), 50));
		this.comparison.durations(what + ", each from its jar", earlier,
				Lap.percentile(starts.get(this.afterFromItsJar), 50));
	}

	private void inTurns() throws Exception {
		try (Contender one = new Contender(this.before, this.fleet, this.people);
				Contender other = new Contender(this.after, this.otherFleet, this.people)) {
			say("%d nodes for each, enrolling them".formatted(COUNT));
			one.enrol(this.bare);
			other.enrol(this.bare);
			Others rivals = new Others(this.fleet, folder, this.bare, "latchkey", this.people.ten());
			say("just started");
			rivals.measure(this.others, Others.Turn.ALL);
			one.warmUp();
			other.warmUp();
			for (int round = 1; round <= ROUNDS; round++) {
				say("round %d of %d".formatted(round, ROUNDS));
				rivals.measure(this.others, (round <= ANSIBLE_ROUNDS) ? Others.Turn.ALL : Others.Turn.QUICK_ONES);
				// who is second finds the machine warmed up
				((round % 2 == 0) ? one : other).measure();
				((round % 2 == 0) ? other : one).measure();
			}
			compare(one, other);
			say("single grants");
			singleGrants(one, other);
		}
	}

	private void compare(Contender one, Contender other) {
		steps(one, other);
		cpu("Latchkey's CPU per node", one, other, Lap::clientCpu, Duration.ZERO);
		cpu("the nodes' CPU above a bare login", one, other, Lap::sshdCpu,
				this.others.median(Others.FLOOR, Lap::sshdCpu));
		latencies("`POST /grants` while all nodes are worked on", one.grantsMeanwhile(), other.grantsMeanwhile());
	}

	private void singleGrants(Contender one, Contender other) {
		List<Contender.Single> ones = new ArrayList<>();
		List<Contender.Single> others = new ArrayList<>();
		for (int i = 0; i < TRIES + KEPT; i++) {
			Contender.Single first = one.grantTo(i % KEPT);
			Contender.Single second = other.grantTo(i % KEPT);
			if (i >= KEPT) {
				ones.add(first);
				others.add(second);
			}
		}
		String what = "one grant to a node by a kept session, until ";
		latencies(what + "the answer", times(ones, Contender.Single::answered),
				times(others, Contender.Single::answered));
		latencies(what + "`ssh` was let in", times(ones, Contender.Single::usable),
				times(others, Contender.Single::usable));
	}

	private static List<Duration> times(List<Contender.Single> grants, Function<Contender.Single, Duration> time) {
		return grants.stream().map(time).toList();
	}

	private void steps(Contender one, Contender other) {
		for (String step : List.of(Contender.MORE, Contender.FIRST, Contender.CHECK, Contender.BUSY)) {
			this.comparison.durations(step, one.table().median(step), other.table().median(step));
		}
		shares(Contender.MORE, Others.TUNED, one, other);
		shares(Contender.FIRST, Others.TUNED, one, other);
		shares(Contender.CHECK, Others.FLOOR, one, other);
		this.others.steps()
			.stream()
			.filter((name) -> !name.equals(Others.FLOOR))
			.forEach(
					(name) -> this.comparison.speeds("first distribution, as fast as " + name, this.others.median(name),
							one.table().median(Contender.FIRST), other.table().median(Contender.FIRST)));
	}

	private void shares(String step, String reference, Contender one, Contender other) {
		this.comparison.shares("%s ÷ %s".formatted(step, reference), this.others.median(reference),
				one.table().median(step), other.table().median(step));
	}

	private void cpu(String what, Contender one, Contender other, Function<Lap, Duration> part, Duration floor) {
		this.comparison.durations(what + ", check", perNode(one, Contender.CHECK, part, floor),
				perNode(other, Contender.CHECK, part, floor));
		this.comparison.durations(what + ", change", perNode(one, Contender.MORE, part, floor),
				perNode(other, Contender.MORE, part, floor));
	}

	private static Duration perNode(Contender contender, String step, Function<Lap, Duration> part, Duration floor) {
		return contender.table().median(step, part).minus(floor).dividedBy(COUNT);
	}

	private void latencies(String what, List<Duration> one, List<Duration> other) {
		for (int percent : new int[] { 50, 99 }) {
			this.comparison.durations("%s, p%d (of %d, %d)".formatted(what, percent, one.size(), other.size()),
					Lap.percentile(one, percent), Lap.percentile(other, percent));
		}
	}

	private void crowd() throws Exception {
		if (CROWD == 0) {
			return;
		}
		say("%d nodes with 256 MiB, once for each".formatted(COUNT * ADDRESSES_EACH));
		Build.Memory one = this.before.crowd(this.fleet, ADDRESSES_EACH, this.bare, this.people);
		Build.Memory other = this.after.crowd(this.otherFleet, ADDRESSES_EACH, this.bare, this.people);
		String what = "with %d nodes under `-Xmx256m`".formatted(COUNT * ADDRESSES_EACH);
		this.comparison.mebibytes("live heap " + what, one.liveHeap(), other.liveHeap());
		this.comparison.mebibytes("most resident memory " + what, one.resident(), other.resident());
	}

	private void report() throws IOException {
		List<String> lines = new ArrayList<>();
		lines.add("%d nodes, %d processors, Java %s, %d rounds, medians".formatted(COUNT,
				Runtime.getRuntime().availableProcessors(), Runtime.version(), ROUNDS));
		lines.add("");
		lines.addAll(this.comparison.lines());
		if (!this.others.steps().isEmpty()) {
			lines.add("");
			lines.addAll(this.others.lines(COUNT, Others.FLOOR));
		}
		lines.forEach(CompareBench::say);
		Files.write(Path.of(System.getProperty("latchkey.bench.report", "target/bench-compare.md")), lines);
	}

	private static Build build(String which, String program) {
		return new Build(Path.of(System.getProperty(program)).toAbsolutePath(), Path.of("target/bench", which));
	}

	private static void say(String line) {
		System.out.println(line);
	}

}
