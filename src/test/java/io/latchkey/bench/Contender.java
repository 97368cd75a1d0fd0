package io.latchkey.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.latchkey.sshd.Ssh;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshdNode;

/**
 * One of two builds of Latchkey, with a process, a management key and nodes to itself.
 * The API that it is called by is that of both.
 */
final class Contender implements AutoCloseable {

	static final String FIRST = "first distribution of 10 keys, each with a login";

	static final String MORE = "one more grant to all, by the sessions that were kept";

	static final String CHECK = "check of all, nothing changed";

	static final String BUSY = "one more grant to all, while others are made";

	private static final String ACCOUNT = "deploy";

	/** Each may be granted once for a node. */
	private static final int GUESTS = 50;

	private static final Duration BETWEEN_GRANTS = Duration.ofMillis(50);

	private final Fleet fleet;

	private final People people;

	private final LatchkeyProcess latchkey;

	private final ManagedFleet managed;

	private final ReportTable table = new ReportTable();

	private final List<Duration> grantsMeanwhile = new ArrayList<>();

	private int guestGrants;

	Contender(Build build, Fleet fleet, People people) throws IOException {
		this.fleet = fleet;
		this.people = people;
		this.latchkey = new LatchkeyProcess(build.program(), build.folder().resolve("latchkey"));
		this.managed = new ManagedFleet(this.latchkey, fleet, 1);
	}

	ReportTable table() {
		return this.table;
	}

	List<Duration> grantsMeanwhile() {
		return this.grantsMeanwhile;
	}

	/**
	 * @param bare a key that is let in besides
	 */
	void enrol(SshKeyPair bare) throws InterruptedException {
		this.fleet.letIn(bare, this.managed.managementLine());
		this.people.addTo(this.managed);
		IntStream.range(0, GUESTS).forEach((i) -> this.managed.keylessIdentity("guest" + i));
		this.managed.enrol();
		this.managed.cluster("all", this.managed.names());
		this.fleet.empty(ACCOUNT);
		this.managed.check();
		this.managed.mustBeCheckedSince(Instant.EPOCH);
	}

	/** A round that is shown, and counts for nothing else. */
	void warmUp() throws Exception {
		measure();
		this.grantsMeanwhile.clear();
	}

	/** Every step once; afterwards the account is as it was. */
	void measure() throws Exception {
		this.managed.check();
		this.latchkey.letSessionsEnd();
		long[] grants = new long[3];
		measure(FIRST, () -> grants[0] = grant("team:ten"));
		this.fleet.mustHold(ACCOUNT, this.people.ten());
		measure(MORE, () -> grants[1] = grant("identity:eve"));
		this.fleet.mustHold(ACCOUNT, this.people.tenAnd(this.people.eve()));
		this.managed.settle();
		Instant start = Instant.now();
		measure(CHECK, this.managed::check);
		this.managed.mustBeCheckedSince(start);
		this.managed.mustBeUnchanged();
		measure(BUSY, () -> grants[2] = grantWhileOthersAreMade("identity:frank"));
		this.fleet.mustHold(ACCOUNT, this.people.tenAnd(this.people.eve(), this.people.frank()));
		for (long grant : grants) {
			this.managed.revoke(grant);
		}
		this.fleet.mustHold(ACCOUNT, List.of());
	}

	/** Grants, and revokes again. */
	Single grantTo(int index) {
		SshdNode node = this.fleet.nodes().get(index);
		Ssh ssh = Ssh.to(node);
		long start = System.nanoTime();
		long grant = this.managed.grantToAll("identity:frank", "node:" + this.managed.names().get(index), ACCOUNT);
		Duration answered = since(start);
		must(ssh.letsIn(ACCOUNT, this.people.frank()), "granted, and refused");
		Duration usable = since(start);
		this.managed.revoke(grant);
		must(!ssh.letsIn(ACCOUNT, this.people.frank()), "revoked, and let in");
		return new Single(answered, usable);
	}

	private long grant(String subject) {
		return this.managed.grantToAll(subject, "cluster:all", ACCOUNT);
	}

	private long grantWhileOthersAreMade(String subject) {
		CompletableFuture<Long> underWay = CompletableFuture.supplyAsync(() -> grant(subject));
		while (!underWay.isDone() && this.guestGrants < GUESTS * this.fleet.size()) {
			String node = this.managed.names().get(this.guestGrants % this.fleet.size());
			String guest = "identity:guest" + this.guestGrants / this.fleet.size();
			this.guestGrants++;
			long start = System.nanoTime();
			this.managed.grantOnly(guest, "node:" + node, ACCOUNT);
			this.grantsMeanwhile.add(since(start));
			LockSupport.parkNanos(BETWEEN_GRANTS.toNanos());
		}
		return underWay.orTimeout(2, TimeUnit.MINUTES).join();
	}

	private void measure(String step, Runnable run) throws Exception {
		this.table.add(step, this.fleet.measure(this.latchkey.costing(run)));
	}

	private static Duration since(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private static void must(boolean holds, String otherwise) {
		if (!holds) {
			throw new IllegalStateException(otherwise);
		}
	}

	@Override
	public void close() {
		this.latchkey.close();
	}

	/**
	 * A single grant, from the call on.
	 *
	 * @param answered until the answer that it is in place
	 * @param usable until a real {@code ssh} was let in
	 */
	record Single(Duration answered, Duration usable) {

	}

}
