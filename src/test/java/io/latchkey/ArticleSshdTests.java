package io.latchkey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.latchkey.delivery.Deliveries;
import io.latchkey.enrolment.Enrolment;
import io.latchkey.enrolment.Enrolments;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityKind;
import io.latchkey.internode.InterNodeKeys;
import io.latchkey.internode.InterNodeStrategy;
import io.latchkey.internode.SharedPairs;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.InterNodeState.Stand;
import io.latchkey.nodestate.InterNodeStates;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.reconcile.ForgottenNodes;
import io.latchkey.ssh.Secret;
import io.latchkey.sshd.ProgramRun;
import io.latchkey.sshd.Ssh;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is done by hand for four machines, from its first line to its last, with the real
 * {@code ssh} as the judge: bare nodes that let in by password, keys for people, keys
 * between the nodes by each strategy, and the end of an access.
 */
@ApplicationTest
@RequiresProgram("sshd")
class ArticleSshdTests {

	private static final Duration PATIENCE = Patience.of(Duration.ofSeconds(60));

	private static final String CLUSTER = "article";

	private static final String BY_HAND = "# added by hand, stays\n";

	private static final String OWN_CONFIG = "Host elsewhere\n\tPort 2222\n";

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(4).withOwnAccounts();

	@TempDir
	Path client;

	@Autowired
	Nodes nodes;

	@Autowired
	Clusters clusters;

	@Autowired
	Identities identities;

	@Autowired
	Grants grants;

	@Autowired
	Enrolments enrolments;

	@Autowired
	InterNodeKeys interNodeKeys;

	@Autowired
	InterNodeStates interNodeStates;

	@Autowired
	SharedPairs sharedPairs;

	@Autowired
	Deliveries deliveries;

	@Autowired
	JdbcClient jdbc;

	@AfterEach
	void leaveTheMachinesBare() {
		this.clusters.delete(CLUSTER);
		ForgottenNodes.forget(this.nodes, this.jdbc, names());
		this.identities.delete("article-ann");
		SSHD.all().forEach((sshd) -> sshd.runInside("sh", "-c", "rm -rf /root/.ssh /home/deploy/.ssh"));
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
	void fromBareNodesToAManagedCluster(InterNodeStrategy strategy) throws IOException {
		// four bare nodes: whoever comes, comes by password
		SshKeyPair ann = SshKeys.generate();
		assertThat(SSHD.all()).allSatisfy((sshd) -> {
			assertThat(Ssh.to(sshd).letsInWithPassword("deploy", sshd.password())).isTrue();
			assertThat(Ssh.to(sshd).letsIn("deploy", ann)).isFalse();
			put(sshd, "authorized_keys", BY_HAND);
			put(sshd, "config", OWN_CONFIG);
		});

		// the password is used for the last time
		List<String> names = names();
		IntStream.range(0, names.size()).forEach((i) -> enrol(names.get(i), SSHD.get(i)));
		this.clusters.create(CLUSTER, null, names);

		// a person and her own key
		this.identities.create(new IdentityDraft("article-ann", IdentityKind.PERSON, null, null));
		this.identities.addKey("article-ann", ann.publicKey(), null, null);
		Grant grant = this.grants.issue(new GrantDraft(new Subject(Subject.Kind.IDENTITY, "article-ann"),
				new Target(Target.Kind.CLUSTER, CLUSTER), "deploy", null, Duration.ofHours(8), null, null,
				GrantOptions.NONE));
		this.deliveries.awaitSettled(grant.id(), PATIENCE);
		assertThat(SSHD.all()).allSatisfy((sshd) -> assertThat(Ssh.to(sshd).letsIn("deploy", ann)).isTrue());

		// the nodes among themselves: ssh node02 on node01 asks nothing
		this.interNodeKeys.set(CLUSTER, strategy, "deploy");
		await().atMost(PATIENCE)
			.until(() -> this.interNodeStates.of(this.interNodeKeys.of(CLUSTER).cluster())
				.stream()
				.allMatch((state) -> state.stand() == Stand.IN_PLACE));
		for (int from = 0; from < names.size(); from++) {
			for (int to = 0; to < names.size(); to++) {
				if (from != to) {
					assertThat(saidBySsh(SSHD.get(from), names.get(to))).isEqualTo("deploy\n");
				}
			}
		}
		if (strategy == InterNodeStrategy.SHARED_PAIR) {
			Path taken = Files.write(this.client.resolve("article"), this.sharedPairs.take(CLUSTER).privateKey());
			SSHD.first().own("root", taken, "rw-------");
			assertThat(SSHD.all()).allSatisfy((sshd) -> assertThat(Ssh.to(sshd).letsIn("deploy", taken)).isTrue());
		}

		// her access ends; the nodes' does not
		this.grants.revoke(grant.id());
		this.deliveries.awaitSettled(grant.id(), PATIENCE);
		assertThat(SSHD.all()).allSatisfy((sshd) -> assertThat(Ssh.to(sshd).letsIn("deploy", ann)).isFalse());
		assertThat(saidBySsh(SSHD.first(), "node04")).isEqualTo("deploy\n");

		// whatever else stood in the files still stands there
		this.interNodeKeys.set(CLUSTER, InterNodeStrategy.NONE, null);
		this.deliveries.awaitAllSettled(PATIENCE);
		assertThat(SSHD.all()).allSatisfy((sshd) -> {
			assertThat(sshd.home("deploy").resolve(".ssh/authorized_keys")).hasContent(BY_HAND);
			assertThat(sshd.home("deploy").resolve(".ssh/config")).hasContent(OWN_CONFIG);
			assertThat(sshd.home("deploy").resolve(".ssh")).isDirectoryNotContaining("glob:**latchkey*");
		});
	}

	private static List<String> names() {
		return IntStream.rangeClosed(1, 4).mapToObj("node%02d"::formatted).toList();
	}

	private void enrol(String name, SshdNode sshd) {
		Node node = this.nodes
			.create(new NodeDraft(name, sshd.address(), sshd.port(), "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()));
		this.enrolments.enrol(node.name(), new Enrolment(new Secret.Password(sshd.password().toCharArray()), null,
				Fingerprint.parse(sshd.hostKeyFingerprints().get(0))));
	}

	/** With nobody there to answer a question; what ssh itself says comes along. */
	private static String saidBySsh(SshdNode from, String to) {
		ProgramRun run = from.runInside("su", "-s", "/bin/sh", "deploy", "-c",
				"cd; ssh %s id -un 2>&1 </dev/null".formatted(to));
		return run.output();
	}

	private static void put(SshdNode sshd, String name, String content) {
		try {
			Path file = sshd.home("deploy").resolve(".ssh").resolve(name);
			Files.createDirectories(file.getParent());
			Files.writeString(file, content);
			sshd.own("deploy", file.getParent(), "rwx------");
			sshd.own("deploy", file, "rw-------");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
