package io.latchkey.reconcile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.ApplicationTest;
import io.latchkey.Patience;
import io.latchkey.RequiresProgram;
import io.latchkey.delivery.Deliveries;
import io.latchkey.diagnosis.MeshTrials;
import io.latchkey.enrolment.Enrolment;
import io.latchkey.enrolment.Enrolments;
import io.latchkey.internode.InterNodeKeys;
import io.latchkey.internode.InterNodeStrategy;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.InterNodeState;
import io.latchkey.nodestate.InterNodeState.Stand;
import io.latchkey.nodestate.InterNodeStates;
import io.latchkey.nodestate.NodeStates;
import io.latchkey.nodestate.Reconciler;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.ssh.Secret;
import io.latchkey.sshd.ProgramRun;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the tests of inter-node keys share: real nodes in a cluster, and the real
 * {@code ssh} between them.
 */
@ApplicationTest
@RequiresProgram("sshd")
abstract class InterNodeOnSshd {

	static final Duration PATIENCE = Patience.of(Duration.ofSeconds(30));

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(3).withOwnAccounts();

	private static final AtomicInteger NUMBERS = new AtomicInteger();

	final List<Node> nodes = new ArrayList<>();

	String cluster = "";

	@Autowired
	Nodes allNodes;

	@Autowired
	Clusters clusters;

	@Autowired
	Enrolments enrolments;

	@Autowired
	InterNodeKeys interNodeKeys;

	@Autowired
	InterNodeStates interNodeStates;

	@Autowired
	NodeStates nodeStates;

	@Autowired
	MeshTrials meshTrials;

	@Autowired
	Reconciler reconciler;

	@Autowired
	Deliveries deliveries;

	@Autowired
	private JdbcClient jdbc;

	@AfterEach
	void leaveTheMachinesAsTheyWere() {
		this.clusters.delete(this.cluster);
		ForgottenNodes.forget(this.allNodes, this.jdbc, this.nodes.stream().map(Node::name).toList());
		SSHD.all().forEach((sshd) -> sshd.runInside("sh", "-c", "rm -rf /root/.ssh /home/deploy/.ssh"));
	}

	/** A cluster of enrolled nodes, one for each machine. */
	void aClusterOf(int count) {
		this.cluster = "mesh-" + NUMBERS.incrementAndGet();
		for (int i = 0; i < count; i++) {
			this.nodes.add(enrol(add(SSHD.get(i))));
		}
		this.clusters.create(this.cluster, null, this.nodes.stream().map(Node::name).toList());
	}

	Node add(SshdNode sshd) {
		return this.allNodes.create(new NodeDraft("mesh-node-" + NUMBERS.incrementAndGet(), sshd.address(), sshd.port(),
				"root", Privilege.ROOT, Mode.ADDITIVE, Map.of()));
	}

	Node enrol(Node node) {
		SshdNode sshd = SSHD.all()
			.stream()
			.filter((each) -> each.address().equals(node.route().address()))
			.findFirst()
			.orElseThrow();
		return this.enrolments.enrol(node.name(), new Enrolment(new Secret.Password(sshd.password().toCharArray()),
				null, Fingerprint.parse(sshd.hostKeyFingerprints().get(0))));
	}

	void choose(InterNodeStrategy strategy, String account) {
		this.interNodeKeys.set(this.cluster, strategy, account);
	}

	void chooseNone() {
		this.interNodeKeys.set(this.cluster, InterNodeStrategy.NONE, null);
	}

	/** All that are enrolled have their part. */
	void untilInPlace() {
		await().atMost(PATIENCE)
			.until(() -> !this.interNodeKeys.of(this.cluster).isRotating()
					&& stands().stream().allMatch((stand) -> stand == Stand.IN_PLACE || stand == Stand.NOT_ENROLLED));
		settle();
	}

	List<Stand> stands() {
		return this.interNodeStates.of(this.interNodeKeys.of(this.cluster).cluster())
			.stream()
			.map(InterNodeState::stand)
			.toList();
	}

	void settle() {
		this.deliveries.awaitSettled(this.nodes.stream().map(Node::id).toList(), PATIENCE);
	}

	/** Runs ssh on one node, as the account, with nobody to answer a question. */
	static ProgramRun ssh(SshdNode from, String account, String arguments) {
		ProgramRun run = from.runInside("su", "-s", "/bin/sh", account, "-c",
				"cd; ssh -o BatchMode=yes -o ConnectTimeout=5 %s 2>.said </dev/null; echo $?; cat .said; rm .said"
					.formatted(arguments));
		String[] parts = run.output().split("\n", 2);
		String[] all = run.output().split("\n");
		int at = 0;
		while (at < all.length - 1 && !all[at].matches("\\d+")) {
			at++;
		}
		assertThat(parts).isNotEmpty();
		return new ProgramRun(Integer.parseInt(all[at]), Stream.of(all).limit(at).collect(Collectors.joining("\n")),
				Stream.of(all).skip(at + 1).collect(Collectors.joining("\n")));
	}

	/** Whether the node lets it in without a question and without a word. */
	boolean reaches(int from, int to, String account) {
		ProgramRun run = ssh(SSHD.get(from), account, this.nodes.get(to).name() + " id -un");
		return run.exitStatus() == 0 && run.output().equals(account) && run.errorOutput().isEmpty();
	}

	void assertMesh(String account) {
		for (int from = 0; from < this.nodes.size(); from++) {
			for (int to = 0; to < this.nodes.size(); to++) {
				if (from != to) {
					ProgramRun run = ssh(SSHD.get(from), account, this.nodes.get(to).name() + " id -un");
					assertThat(run).isEqualTo(new ProgramRun(0, account, ""));
				}
			}
		}
	}

	/** The names of the files in the account's folder. */
	static Set<String> files(int node, String account) {
		Path folder = SSHD.get(node).home(account).resolve(".ssh");
		try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
			return files.map((file) -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Path path(int node, String account, String name) {
		return SSHD.get(node).home(account).resolve(".ssh").resolve(name);
	}

	static String text(int node, String account, String name) {
		try {
			return Files.readString(path(node, account, name), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static void put(int node, String account, String name, String content) {
		try {
			Path file = path(node, account, name);
			Files.createDirectories(file.getParent());
			Files.writeString(file, content);
			SSHD.get(node).own(account, file.getParent(), "rwx------");
			SSHD.get(node).own(account, file, "rw-------");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
