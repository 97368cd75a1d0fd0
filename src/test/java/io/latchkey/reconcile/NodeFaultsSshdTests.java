package io.latchkey.reconcile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.latchkey.ApplicationTest;
import io.latchkey.RequiresProgram;
import io.latchkey.delivery.Delivery;
import io.latchkey.delivery.Suspensions;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.Teams;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.NodeState;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;

/**
 * The job on a node that is away, full or tampered with.
 */
class NodeFaultsSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Autowired
	Teams teams;

	@Autowired
	Suspensions suspensions;

	/** A seccomp filter: write(1, …) fails with EDQUOT. The script itself may arrive. */
	private static final String DD_OVER_QUOTA = """
			#!/usr/bin/perl
			if (grep { $_ eq 'conv=fsync' } @ARGV) {
				my @filter = ([0x20, 0, 0, 0], [0x15, 0, 3, 1], [0x20, 0, 0, 16], [0x15, 0, 1, 1],
					[0x06, 0, 0, 0x50000 | 122], [0x06, 0, 0, 0x7fff0000]);
				my $code = join '', map { pack 'SCCL', @$_ } @filter;
				my $program = pack 'Sx6P', scalar(@filter), $code;
				syscall(157, 38, 1, 0, 0, 0) == 0 or die 'no_new_privs';
				syscall(157, 22, 2, $program) == 0 or die 'seccomp';
			}
			exec '/usr/bin/dd', @ARGV or die 'dd';
			""";

	@Autowired
	private MockMvc api;

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@Test
	void aKeyThatCannotBeRemovedIsCountedAndRemovedWhenTheNodeIsBack() throws Exception {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		Grant grant = grant(identityWith(key), node, "deploy", null);
		settled(grant);
		sshd().stop();
		try {
			this.grants.revoke(grant.id());
			Delivery delivery = settled(grant);
			assertThat(delivery.unreachable()).isEqualTo(1);
			assertThat(delivery.nodes()).singleElement()
				.satisfies((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.STILL_PRESENT));
			assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.UNREACHABLE);
			assertThat(this.deliveries.overdueRemovals()).anySatisfy((overdue) -> {
				assertThat(overdue.grant()).isEqualTo(grant.id());
				assertThat(overdue.node()).isEqualTo(node.name());
			});
			this.api.perform(get("/api/v1/status").header("Authorization", "Bearer " + ApplicationTest.TOKEN))
				.andExpect(jsonPath("$.overdueRemovals.since").isNotEmpty())
				.andExpect(jsonPath("$.overdueRemovals.oldest[?(@.grantId == %d)].node", grant.id().value())
					.value(node.name()))
				.andExpect(jsonPath("$.overdueRemovals.oldest[?(@.grantId == %d)].since", grant.id().value())
					.isNotEmpty());
		}
		finally {
			sshd().start();
		}
		until(() -> this.deliveries.of(grant.id()).nodes().get(0).state() == Delivery.State.REMOVED);
		assertThat(ssh().letsIn("deploy", key.privateKey())).isFalse();
		assertThat(this.deliveries.overdueRemovals()).noneMatch((overdue) -> overdue.node().equals(node.name()));
	}

	@Test
	void aSuspensionIsDoneWhenTheKeyIsKnownToBeGone() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		String carol = identityWith(key);
		this.teams.create(carol + "-team", null, List.of(carol));
		Grant grant = this.grants.issue(new GrantDraft(Subject.parse("team:" + carol + "-team"),
				Target.parse("node:" + node.name()), "deploy", null, null, null, null, GrantOptions.NONE));
		settled(grant);
		sshd().stop();
		try {
			this.identities.suspend(carol);
			assertThat(settled(grant).nodes()).singleElement()
				.satisfies((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.STILL_PRESENT));
			assertThat(this.suspensions.of(this.identities.get(carol)).nodes()).singleElement().satisfies((entry) -> {
				assertThat(entry.state()).isEqualTo(Delivery.State.STILL_PRESENT);
				assertThat(entry.nodeState()).isEqualTo(NodeState.UNREACHABLE);
				assertThat(entry.account()).isEqualTo("deploy");
			});
		}
		finally {
			sshd().start();
		}
		until(() -> this.suspensions.of(this.identities.get(carol)).nodes().get(0).isGone());
		assertThat(ssh().letsIn("deploy", key.privateKey())).isFalse();
		assertThat(settled(grant).nodes()).singleElement().satisfies((entry) -> {
			assertThat(entry.state()).isEqualTo(Delivery.State.PENDING);
			assertThat(entry.detail()).startsWith("All who are in the team are suspended");
		});
		this.identities.resume(carol);
		assertThat(settled(grant).inPlace()).isEqualTo(1);
	}

	@Test
	void anotherHostKeyStopsEverythingForThatNode() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		sshd().withNewHostKey();
		Grant grant = grant(identityWith(key), node, "deploy", null);
		assertThat(settled(grant).unreachable()).isEqualTo(1);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.REFUSED);
		assertThat(file("deploy")).doesNotContain(key.publicKey().split(" ")[1]);
	}

	@Test
	void aNodeThatSaysNothingIsUnreachableInTime() {
		Node node = enrolledNode(Mode.ADDITIVE);
		sshd().pause();
		try {
			check(node);
			assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.UNREACHABLE);
		}
		finally {
			sshd().resume();
		}
	}

	@Test
	void aFullDiskLeavesTheOldFileAndSaysSo() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair before = SshKeys.generate();
		settled(grant(identityWith(before), node, "deploy", null));
		sshd().runInside("mount", "-t", "tmpfs", "-o", "size=12k,mode=755", "tmpfs", "/home/alice").orThrow();
		sshd()
			.runInside("sh", "-c",
					"mkdir -m 700 /home/alice/.ssh && chown alice: /home/alice /home/alice/.ssh"
							+ " && { cat /dev/zero > /home/alice/ballast || true; }")
			.orThrow();
		SshKeyPair key = SshKeys.generate();
		Grant grant = grant(identityWith(key), node, "alice", null);
		assertThat(settled(grant).nodes()).singleElement().satisfies((entry) -> {
			assertThat(entry.state()).isEqualTo(Delivery.State.FAILED);
			assertThat(entry.detail()).contains("disk is full");
		});
		assertThat(ssh().letsIn("deploy", before.privateKey())).isTrue();
		sshd().runInside("rm", "/home/alice/ballast").orThrow();
		check(node);
		assertThat(ssh().letsIn("alice", key.privateKey())).isTrue();
		sshd().runInside("umount", "/home/alice").orThrow();
	}

	/**
	 * Not every kernel knows quotas: here it refuses what the real dd writes to the new
	 * file, with the error of a quota.
	 */
	@Test
	@EnabledOnOs(architectures = "amd64")
	@RequiresProgram("perl")
	void aQuotaThatIsUsedUpLeavesTheOldFileAndSaysSo() throws IOException {
		Node node = enrolledNode(Mode.ADDITIVE);
		sshd().authorize("alice", "# theirs");
		Files.writeString(sshd().home("root").resolve("dd"), DD_OVER_QUOTA);
		String person = identityWith(SshKeys.generate());
		sshd().runInside("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", "/usr/local/sbin").orThrow();
		Grant grant;
		try {
			sshd().runInside("install", "-m", "755", "/root/dd", "/usr/local/sbin/dd").orThrow();
			grant = grant(person, node, "alice", null);
			assertThat(settled(grant).nodes()).singleElement().satisfies((entry) -> {
				assertThat(entry.state()).isEqualTo(Delivery.State.FAILED);
				assertThat(entry.detail()).contains("disk is full").contains("quota is used up");
			});
			assertThat(file("alice")).isEqualTo("# theirs\n");
			try (Stream<Path> left = Files.list(sshd().authorizedKeys("alice").getParent())) {
				assertThat(left).containsExactly(sshd().authorizedKeys("alice"));
			}
		}
		finally {
			sshd().runInside("umount", "/usr/local/sbin").orThrow();
		}
		check(node);
		assertThat(this.deliveries.of(grant.id()).inPlace()).isEqualTo(1);
	}

	@Test
	void whatIsNotARegularFileIsLeftAloneAndNamed() throws IOException {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		Path file = sshd().authorizedKeys("alice");
		sshd().authorize("alice", "# nothing yet");
		Files.delete(file);
		Files.createSymbolicLink(file, Path.of("/etc/shadow"));
		String person = identityWith(key);
		Grant grant = grant(person, node, "alice", null);
		assertThat(settled(grant).nodes()).singleElement().satisfies((entry) -> {
			assertThat(entry.state()).isEqualTo(Delivery.State.FAILED);
			assertThat(entry.detail()).contains("symbolic link");
		});
		assertThat(file).isSymbolicLink();
		Files.delete(file);
		Files.createDirectory(file);
		check(node);
		assertThat(this.deliveries.of(grant.id()).nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.detail()).contains("not a regular file"));
		Files.delete(file);
		check(node);
		assertThat(this.deliveries.of(grant.id()).inPlace()).isEqualTo(1);
		assertThat(ssh().letsIn("alice", key.privateKey())).isTrue();
	}

}
