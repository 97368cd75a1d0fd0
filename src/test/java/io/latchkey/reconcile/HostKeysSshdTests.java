package io.latchkey.reconcile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import io.latchkey.ApplicationTest;
import io.latchkey.SampleKeys;
import io.latchkey.enrolment.HostKeyComparison;
import io.latchkey.enrolment.HostKeyUnconfirmedException;
import io.latchkey.enrolment.HostKeys;
import io.latchkey.enrolment.HostKeys.HostNames;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.NodeState;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A node whose host key has changed, and the known_hosts for its people.
 */
@ApplicationTest
class HostKeysSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Autowired
	HostKeys hostKeys;

	@TempDir
	Path folder;

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@Test
	void aChangedHostKeyIsAcceptedAfterChecking() throws IOException {
		Node node = enrolledNode(Mode.ADDITIVE);
		switchTo(node, Mode.EXCLUSIVE);
		List<String> old = sshd().hostKeyFingerprints();
		sshd().withNewHostKey();
		Files.writeString(sshd().authorizedKeys("root"), SampleKeys.ed25519() + " of another machine\n",
				StandardOpenOption.APPEND);
		check(node);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.REFUSED);
		assertThat(sshd().hostKeyFingerprints()).contains(this.nodeStates.of(node.id()).remarks().shownHostKey());
		HostKeyComparison comparison = this.hostKeys.compare(node.name());
		assertThat(comparison.isChanged()).isTrue();
		assertThat(comparison.gone()).extracting((key) -> key.key().fingerprint().value())
			.containsExactlyInAnyOrderElementsOf(old);
		assertThatExceptionOfType(HostKeyUnconfirmedException.class)
			.isThrownBy(() -> this.hostKeys.accept(node.name(), List.of(Fingerprint.parse(old.get(0)))));
		assertThat(this.nodes.get(node.id()).hostKeys()).containsExactlyInAnyOrderElementsOf(comparison.gone());
		List<Fingerprint> shown = comparison.shown()
			.stream()
			.map(HostKey::key)
			.map((key) -> key.fingerprint())
			.toList();
		assertThat(this.hostKeys.accept(node.name(), shown).hostKeys())
			.containsExactlyInAnyOrderElementsOf(comparison.shown());
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.DRIFTED);
		assertThat(this.nodeStates.of(node.id()).remarks().shownHostKey()).isNull();
		assertThat(file("root")).as("lines that nobody was shown yet").contains("of another machine");
	}

	@Test
	void hostKeysThatTheNodeProvesTakeThePlaceOfTheOld() {
		Node node = enrolledNode(Mode.ADDITIVE);
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
		assertThat(pinned(node)).containsExactlyInAnyOrderElementsOf(sshd().hostKeyFingerprints());
		try {
			String next = sshd().runInside("sh", "-c", """
					ssh-keygen -q -t ed25519 -N '' -f /mnt/node/next
					echo 'HostKey /mnt/node/next' >>/mnt/node/sshd_config
					ssh-keygen -lf /mnt/node/next""").output().split(" ")[1];
			check(node);
			assertThat(pinned(node)).hasSize(3).contains(next).containsAll(sshd().hostKeyFingerprints());
			sshd().runInside("sed", "-i", "/HostKey .*_key$/d", "/mnt/node/sshd_config");
			sshd().restart();
			check(node);
			assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
			assertThat(pinned(node)).containsExactly(next);
		}
		finally {
			sshd().configure();
			sshd().restart();
		}
	}

	private List<String> pinned(Node node) {
		return this.nodes.get(node.id()).hostKeys().stream().map((key) -> key.key().fingerprint().value()).toList();
	}

	@Test
	void whoHasTheFileIsAskedNothing() throws IOException {
		Node node = enrolledNode(Mode.ADDITIVE);
		for (HostNames names : HostNames.values()) {
			Path file = Files.writeString(this.folder.resolve(names.name()), this.hostKeys.knownHosts(null, names));
			assertThat(file).content().contains(names == HostNames.PLAIN ? "[" + node.route().address() + "]:" : "|1|");
			Process find = new ProcessBuilder("ssh-keygen", "-F",
					"[%s]:%d".formatted(node.route().address(), node.route().port()), "-f", file.toString())
				.redirectErrorStream(true)
				.start();
			assertThat(new String(find.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).contains("found");
		}
	}

}
