package io.latchkey.reconcile;

import java.util.List;
import java.util.Set;

import io.latchkey.core.InvalidInputException;
import io.latchkey.diagnosis.MeshTrial;
import io.latchkey.internode.InterNodeStrategy;
import io.latchkey.inventory.Node;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.nodestate.InterNodeState;
import io.latchkey.sshd.SshKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InterNodeSshdTests extends InterNodeOnSshd {

	@Autowired
	private ManagementKeys managementKeys;

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
	void everyNodeReachesEveryOtherWithoutAQuestionUntilTheStrategyGoes(InterNodeStrategy strategy) {
		aClusterOf(3);
		put(0, "deploy", "config", "# mine\nHost *\n  ServerAliveInterval 7\n");
		put(0, "deploy", "id_ed25519", "not yours\n");
		put(0, "deploy", "known_hosts", "# my hosts\n");
		put(1, "deploy", "authorized_keys", "# by hand\n");
		choose(strategy, "deploy");
		untilInPlace();
		assertMesh("deploy");
		assertThat(reaches(0, 1, "alice")).isFalse();
		assertThat(text(0, "deploy", "config")).startsWith("Include latchkey_config\n# mine\n");
		assertThat(SSHD.get(0).runInside("sh", "-c", "stat -c '%a %U' /home/deploy/.ssh/latchkey_*").output().lines())
			.containsOnly("600 deploy");

		chooseNone();
		settle();
		assertThat(reaches(0, 1, "deploy")).isFalse();
		assertThat(files(0, "deploy")).containsExactly("authorized_keys", "config", "id_ed25519", "known_hosts");
		assertThat(files(1, "deploy")).containsExactly("authorized_keys");
		assertThat(text(0, "deploy", "config")).isEqualTo("# mine\nHost *\n  ServerAliveInterval 7\n");
		assertThat(text(0, "deploy", "id_ed25519")).isEqualTo("not yours\n");
		assertThat(text(0, "deploy", "known_hosts")).isEqualTo("# my hosts\n");
		assertThat(text(1, "deploy", "authorized_keys")).isEqualTo("# by hand\n");
		assertThat(text(0, "deploy", "authorized_keys")).isEmpty();
	}

	@Test
	void aNodesOwnPrivateKeyNeverLeavesIt() {
		aClusterOf(3);
		choose(InterNodeStrategy.NODE_PAIRS, "deploy");
		untilInPlace();
		assertThat(this.meshTrials.of(this.cluster)).satisfies((trial) -> {
			assertThat(trial.attempts()).hasSize(6);
			assertThat(trial.countFailed()).isZero();
		});
		String name = privateFile(0);
		Set<String> halves = Set.of(text(0, "deploy", name), text(1, "deploy", name), text(2, "deploy", name));
		assertThat(halves).hasSize(3);
		assertThat(this.interNodeStates.of(this.interNodeKeys.of(this.cluster).cluster()))
			.flatExtracting(InterNodeState::keys)
			.doesNotHaveDuplicates()
			.hasSize(3);
	}

	@Test
	void aNodeThatJoinsOrLeavesIsReachedOrNot() {
		aClusterOf(2);
		choose(InterNodeStrategy.NODE_PAIRS, "root");
		untilInPlace();
		Node late = add(SSHD.get(2));
		this.nodes.add(late);
		this.clusters.addNode(this.cluster, late.name());
		untilInPlace();
		assertThat(reaches(0, 1, "root")).isTrue();
		enrol(late);
		untilInPlace();
		assertMesh("root");

		this.clusters.removeNode(this.cluster, late.name());
		settle();
		assertThat(files(2, "root")).containsExactly("authorized_keys");
		assertThat(text(0, "root", "authorized_keys")).doesNotContain(late.name());
		assertThat(text(0, "root", "latchkey_config")).doesNotContain(late.name());
		assertThat(reaches(0, 1, "root")).isTrue();
		this.clusters.delete(this.cluster);
		settle();
		assertThat(List.of(files(0, "root"), files(1, "root"))).containsOnly(Set.of("authorized_keys"));
	}

	@Test
	void aMeshTestSaysWhichLoginFailedAndWhy() {
		aClusterOf(2);
		choose(InterNodeStrategy.CLUSTER_PAIR, "deploy");
		untilInPlace();
		put(1, "deploy", "authorized_keys", "");
		MeshTrial trial = this.meshTrials.of(this.cluster);
		String first = this.nodes.get(0).name();
		String second = this.nodes.get(1).name();
		assertThat(trial.attempts()).hasSize(2)
			.contains(new MeshTrial.Attempt(second, first, true, ""))
			.anySatisfy((attempt) -> {
				assertThat(attempt.from()).isEqualTo(first);
				assertThat(attempt.to()).isEqualTo(second);
				assertThat(attempt.succeeded()).isFalse();
				assertThat(attempt.detail()).contains("Permission denied");
			});
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> {
			chooseNone();
			this.meshTrials.of(this.cluster);
		}).satisfies((ex) -> assertThat(ex.faults().get(0).code()).isEqualTo("inter-node.none"));
	}

	/**
	 * Who owns an account on a node owns its pair, and might say that Latchkey's is
	 * theirs.
	 */
	@Test
	void takesNoOtherKeyForANodesPair() {
		aClusterOf(2);
		choose(InterNodeStrategy.NODE_PAIRS, "deploy");
		untilInPlace();
		String before = text(1, "deploy", "authorized_keys");
		put(0, "deploy", privateFile(0) + ".pub", this.managementKeys.authorizedKeysLine() + "\n");
		this.reconciler.checkNow(this.nodes.get(0).id());
		settle();
		assertThat(text(1, "deploy", "authorized_keys")).isEqualTo(before);
		assertThat(stands()).contains(InterNodeState.Stand.FAILED);
	}

	/** What a member says of its key gives it nothing on the others but that key. */
	@Test
	void aMemberPutsNothingButAKeyOnTheOthers() throws Exception {
		aClusterOf(2);
		choose(InterNodeStrategy.NODE_PAIRS, "deploy");
		untilInPlace();
		String before = text(1, "deploy", "authorized_keys");
		String known = text(1, "deploy", "latchkey_known_hosts");
		String half = privateFile(0) + ".pub";
		String own = text(0, "deploy", half).strip();
		String other = SshKeys.generate().publicKey();
		for (String said : List.of("command=\"planted\" " + other, "cert-authority " + other,
				other + "\n" + SshKeys.generate().publicKey(), "planted", "", "\u202e" + other,
				SshKeys.generate("rsa", "-b", "2048").publicKey(), "x".repeat(9 * 1024 * 1024))) {
			put(0, "deploy", half, said);
			this.reconciler.checkNow(this.nodes.get(0).id());
			settle();
			assertThat(text(1, "deploy", "authorized_keys")).as(said.substring(0, Math.min(40, said.length())))
				.isEqualTo(before);
		}
		for (String planted : List.of("mkfifo %s", "ln -s /etc/shadow %s", "mkdir %s")) {
			SSHD.get(0)
				.runInside("sh", "-c",
						"cd /home/deploy/.ssh && rm -rf %1$s && %2$s".formatted(half, planted.formatted(half)));
			this.reconciler.checkNow(this.nodes.get(0).id());
			settle();
			assertThat(text(1, "deploy", "authorized_keys")).as(planted).isEqualTo(before);
			SSHD.get(0).runInside("rm", "-rf", "/home/deploy/.ssh/" + half);
		}
		put(0, "deploy", half, own + " \u202eplanted command=\"planted\"\n");
		this.reconciler.checkNow(this.nodes.get(0).id());
		settle();
		assertThat(text(1, "deploy", "authorized_keys")).isEqualTo(before);
		assertThat(text(1, "deploy", "latchkey_known_hosts")).isEqualTo(known);
	}

	static String privateFile(int node) {
		return files(node, "deploy").stream()
			.filter((file) -> file.contains("@") && !file.endsWith(".pub"))
			.findFirst()
			.orElseThrow();
	}

}
