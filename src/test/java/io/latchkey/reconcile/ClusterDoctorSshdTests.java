package io.latchkey.reconcile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.latchkey.diagnosis.ClusterDiagnosis;
import io.latchkey.diagnosis.ClusterDoctor;
import io.latchkey.diagnosis.Diagnosis;
import io.latchkey.diagnosis.KeptDiagnoses;
import io.latchkey.diagnosis.KeptDiagnosis;
import io.latchkey.diagnosis.NodeDoctor;
import io.latchkey.enrolment.Enrolment;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.ssh.Secret;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

/** Several nodes diagnosed in one go, and one that is looked at again. */
class ClusterDoctorSshdTests extends JobOnSshd {

	private static final String CLUSTER = "doctored";

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(4).withOwnAccounts();

	@Autowired
	private ClusterDoctor clusterDoctor;

	@Autowired
	private NodeDoctor nodeDoctor;

	@Autowired
	private KeptDiagnoses kept;

	@Autowired
	private Clusters clusters;

	private final List<Node> all = new ArrayList<>();

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@AfterEach
	void forgetTheCluster() {
		this.clusters.delete(CLUSTER);
		SSHD.all().forEach((node) -> node.runInside("sh", "-c", """
				rm -rf /home/deploy/.ssh /root/.ssh /run/nologin; chmod 750 /home/deploy"""));
	}

	@Test
	void saysOneSentenceOfEachAndWaitsForNoneThatHangs() {
		nodes();
		SSHD.all().get(1).runInside("chmod", "o+w", "/home/deploy");
		SSHD.all().get(2).pause();
		try {
			long begun = System.nanoTime();
			ClusterDiagnosis found = this.clusterDoctor.diagnose(CLUSTER);
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(100));
			assertThat(found.nodes()).extracting(ClusterDiagnosis.OfNode::looked)
				.containsExactly(true, true, false, true);
			assertThat(found.nodes()).extracting(ClusterDiagnosis.OfNode::explained).containsExactly(0, 1, 0, 0);
			assertThat(found.nodes().get(0).answer())
				.isEqualTo("Nothing keeps people out of the one account that is served there.");
			assertThat(found.nodes().get(1).answer()).contains("/home/deploy is writable by everybody");
			assertThat(found.nodes().get(2).answer()).isNotBlank();
			assertThat(found.countTroubled()).isEqualTo(2);
		}
		finally {
			SSHD.all().get(2).resume();
		}
	}

	/** What was found well is not looked into again, until anything about it changes. */
	@Test
	void looksCloselyOnlyAtWhatHasChanged() {
		nodes();
		Node node = this.all.get(0);
		assertThat(unchanged()).isZero();
		assertThat(unchanged()).isOne();
		assertThat(this.kept.of(node.id())).singleElement()
			.extracting(KeptDiagnosis::account, KeptDiagnosis::explained, KeptDiagnosis::by)
			.containsExactly("deploy", false, "latchkey");
		sshd().runInside("chmod", "g+w", "/home/deploy/.ssh/authorized_keys");
		sshd().runInside("chgrp", "0", "/home/deploy/.ssh/authorized_keys");
		ClusterDiagnosis.OfNode changed = first();
		assertThat(changed.unchanged()).isZero();
		assertThat(changed.answer()).contains("writable by its group");
		sshd().runInside("chmod", "600", "/home/deploy/.ssh/authorized_keys");
		first();
		assertThat(unchanged()).isOne();
		sshd().runInside("sh", "-c", "echo 'Back at noon' >/run/nologin");
		assertThat(unchanged()).isZero();
		sshd().setPasswordHash("deploy", "!");
		assertThat(first().answer()).contains("locked");
		sshd().setPasswordHash("deploy", null);
	}

	/** Whoever asks for one node is told what stands there now. */
	@Test
	void looksCloselyAtOneNodeEachTime() {
		nodes();
		Node node = this.all.get(0);
		for (int time = 0; time < 2; time++) {
			assertThat(this.nodeDoctor.diagnose(node.name()).accounts()).singleElement()
				.extracting(Diagnosis::checks, as(InstanceOfAssertFactories.LIST))
				.isNotEmpty();
		}
	}

	private int unchanged() {
		return first().unchanged();
	}

	private ClusterDiagnosis.OfNode first() {
		return this.clusterDoctor.diagnose(CLUSTER).nodes().get(0);
	}

	private void nodes() {
		String person = identityWith(SshKeys.generate());
		List<String> names = new ArrayList<>();
		for (int i = 0; i < SSHD.all().size(); i++) {
			SshdNode sshd = SSHD.all().get(i);
			Node node = add(new NodeDraft("doctored-" + i, sshd.address(), sshd.port(), "root", Privilege.ROOT,
					Mode.ADDITIVE, Map.of()));
			names.add(node.name());
			this.all.add(
					this.enrolments.enrol(node.name(), new Enrolment(new Secret.Password(sshd.password().toCharArray()),
							null, Fingerprint.parse(sshd.hostKeyFingerprints().get(0)))));
			settled(grant(person, node, "deploy", null));
		}
		this.clusters.create(CLUSTER, null, names);
	}

}
