package io.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.latchkey.RequiresProgram;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Not a test, although JUnit starts it: {@code script/bench steady}. What a run costs
 * Latchkey once its code is compiled, from the jar with Java as it is, and as installed;
 * the two take turns.
 */
@RequiresProgram({ "sshd", "unshare" })
class SteadyBench {

	private static final int COUNT = Integer.getInteger("latchkey.bench.nodes", 100);

	private static final int ROUNDS = Integer.getInteger("latchkey.bench.rounds", 30);

	private static final String[] OPTIONS = System.getProperty("latchkey.bench.options", "").strip().split("\\s+");

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(2 * COUNT).withOwnAccounts();

	private final SshKeyPair bare = SshKeys.generate();

	private final People people = People.generate();

	private final Fleet fleet = new Fleet(SSHD.all());

	private final List<String> lines = new ArrayList<>();

	@Test
	void measure() throws Exception {
		Path jar = Path.of(System.getProperty("latchkey.bench.jar")).toAbsolutePath();
		Path program = Path.of(System.getProperty("latchkey.bench.program")).toAbsolutePath();
		try (LatchkeyProcess plain = new LatchkeyProcess(jar, Path.of("target/bench/plain"));
				LatchkeyProcess installed = new LatchkeyProcess(program, Path.of("target/bench/installed"), OPTIONS)) {
			ManagedFleet one = prepare(plain, this.fleet.first(COUNT));
			ManagedFleet other = prepare(installed, this.fleet.from(COUNT));
			say("| round | check, from the jar | as installed | change, from the jar | as installed |");
			say("| ---: | ---: | ---: | ---: | ---: |");
			for (int round = 1; round <= ROUNDS; round++) {
				plain.letSessionsEnd();
				Duration[] check = { costOf(plain, one::check), costOf(installed, other::check) };
				Duration[] change = { costOf(plain, () -> change(one)), costOf(installed, () -> change(other)) };
				say(String.format(Locale.ROOT, "| %d | %.1f ms | %.1f ms | %.1f ms | %.1f ms |", round,
						eachRun(check[0], 1), eachRun(check[1], 1), eachRun(change[0], 2), eachRun(change[1], 2)));
			}
			say("Most resident memory: %d MiB, as installed %d MiB".formatted(plain.mostResidentMebibytes(),
					installed.mostResidentMebibytes()));
		}
		finally {
			report();
		}
	}

	private ManagedFleet prepare(LatchkeyProcess latchkey, Fleet nodes) throws InterruptedException {
		ManagedFleet managed = new ManagedFleet(latchkey, nodes, 1);
		nodes.letIn(this.bare, managed.managementLine());
		this.people.addTo(managed);
		managed.enrol();
		managed.cluster("all", managed.names());
		managed.grantToAll("team:ten", "cluster:all", "deploy");
		managed.settle();
		return managed;
	}

	/** Two runs of each node. */
	private static void change(ManagedFleet managed) {
		managed.revoke(managed.grantToAll("identity:eve", "cluster:all", "deploy"));
	}

	private static Duration costOf(LatchkeyProcess latchkey, Runnable work) throws Exception {
		return latchkey.costing(work).run();
	}

	private static double eachRun(Duration cost, int runs) {
		return cost.toMillis() / (double) (COUNT * runs);
	}

	private void report() throws IOException {
		Files.write(Path.of("target/bench-steady.md"), this.lines);
	}

	private void say(String line) {
		System.out.println(line);
		this.lines.add(line);
	}

}
