package io.latchkey.enrolment;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.latchkey.ApplicationTest;
import io.latchkey.Patience;
import io.latchkey.RequiresProgram;
import io.latchkey.SampleKeys;
import io.latchkey.imports.ImportDefaults;
import io.latchkey.imports.NodeImports;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.FormerHostKeys;
import io.latchkey.inventory.FormerHostKeysException;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.HostKeyPins;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;
import io.latchkey.reconcile.ForgottenNodes;
import io.latchkey.ssh.Secret;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Many nodes from a list to the first login.
 */
@ApplicationTest
@RequiresProgram("sshd")
class CandidatesSshdTests {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(4).withOwnAccounts().onAddresses(2);

	private static final Duration PATIENCE = Patience.of(Duration.ofSeconds(30));

	private static final ImportDefaults DEFAULTS = new ImportDefaults("root", Privilege.SUDO, Mode.ADDITIVE, null);

	@Autowired
	Nodes nodes;

	@Autowired
	HostKeyPins pins;

	@Autowired
	Clusters clusters;

	@Autowired
	NodeImports imports;

	@Autowired
	Candidates candidates;

	@Autowired
	Enrolments enrolments;

	@Autowired
	JdbcClient jdbc;

	@AfterEach
	void forgetTheNodes() {
		ForgottenNodes.forget(this.nodes, this.jdbc,
				Stream
					.concat(this.candidates.all().stream().map((candidate) -> candidate.node().name()),
							IntStream.range(0, 10).mapToObj((i) -> "many" + i))
					.distinct()
					.toList());
		this.clusters.delete("many");
		this.jdbc.sql("delete from former_host_keys").update();
	}

	@Test
	void bringsTheNodesOfAnInventoryUnderManagement() {
		importAndScan(inventory());
		assertThat(candidates()).allSatisfy((candidate) -> {
			assertThat(candidate.unconfirmed()).hasSize(2);
			assertThat(candidate.twins()).isEmpty();
		});
		String list = SSHD.all()
			.stream()
			.limit(3)
			.map((sshd) -> "256 " + sshd.hostKeyFingerprints().get(0) + " root@node (ED25519)")
			.collect(Collectors.joining("\n"));
		assertThat(this.candidates.confirmAgainst(list)).isEqualTo(3);
		assertThat(this.candidates.confirm(List.of("many3"))).isEqualTo(1);
		assertThat(this.nodes.get("many0").hostKeys()).hasSize(1);
		assertThat(this.nodes.get("many3").hostKeys()).hasSize(2);

		assertThat(this.candidates.enrolAll(byPassword("wrong"))).isEqualTo(4);
		awaitRest();
		assertThat(candidates()).hasSize(4)
			.allSatisfy((candidate) -> assertThat(candidate.failure()).contains("root was not let in"));
		assertThat(this.candidates.enrolAll(byPassword(SSHD.first().password()))).isEqualTo(4);
		awaitRest();
		assertThat(candidates()).isEmpty();
		assertThat(this.nodes.get("many2").enrolled()).isTrue();
	}

	/** Nothing is sent to a machine in place of a former one before an admin said so. */
	@Test
	void leavesAMachineInPlaceOfAFormerOneToAnAdmin() throws Exception {
		SshdNode sshd = SSHD.first();
		String list = "[many]\nmany5 ansible_host=%s ansible_port=%d\n".formatted(sshd.address(), sshd.port());
		importAndScan(list);
		HostKey another = new HostKey(PublicKey.parse(SampleKeys.ed25519()));
		this.pins.pin(this.nodes.get("many5").id(), List.of(another));
		this.nodes.delete("many5");
		importAndScan(list);
		assertThat(candidate("many5").former()).extracting(FormerHostKeys::told)
			.containsExactly(another.key().fingerprint().toString());
		assertThatExceptionOfType(FormerHostKeysException.class)
			.isThrownBy(() -> this.candidates.confirm(List.of("many5")));
		assertThatExceptionOfType(FormerHostKeysException.class)
			.isThrownBy(() -> this.candidates.confirmAgainst(sshd.hostKeys().get(0)));
		Enrolment accepting = new Enrolment(new Secret.Password(sshd.password().toCharArray()), null,
				Fingerprint.parse(sshd.hostKeyFingerprints().get(0)));
		assertThatExceptionOfType(FormerHostKeysException.class)
			.isThrownBy(() -> this.enrolments.enrol("many5", accepting));
		assertThat(this.nodes.get("many5").hostKeys()).isEmpty();
		SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("admin", "", "ROLE_ADMIN"));
		try {
			assertThat(this.candidates.confirm(List.of("many5"))).isEqualTo(1);
		}
		finally {
			SecurityContextHolder.clearContext();
		}
		assertThat(this.nodes.get("many5").hostKeys()).hasSize(2);
		this.nodes.delete("many5");
	}

	@Test
	void saysThatTwoShowTheSameKeyAndThatOneIsAway() {
		SshdNode sshd = SSHD.first();
		importAndScan(
				"[many]\nmany0 ansible_host=%s ansible_port=%d\nmany1 ansible_host=%s ansible_port=%2$d\nmany2 ansible_host=%1$s ansible_port=1\n"
					.formatted(sshd.address(), sshd.port(), sshd.addresses().get(1)));
		assertThat(candidate("many0").twins()).containsExactly("many1");
		assertThat(candidate("many2").scan()).isNotNull()
			.extracting(HostKeyScan::failure)
			.asString()
			.contains("nothing listens there");
		assertThat(this.candidates.confirmAgainst(sshd.hostKeys().get(0))).isZero();
		assertThat(this.candidates.confirm(List.of("many0", "many2"))).isEqualTo(1);
	}

	private static String inventory() {
		return IntStream.range(0, SSHD.all().size())
			.mapToObj((i) -> "many%d ansible_host=%s ansible_port=%d".formatted(i, SSHD.get(i).address(),
					SSHD.get(i).port()))
			.collect(Collectors.joining("\n", "[many]\n", "\n"));
	}

	private void importAndScan(String list) {
		String digest = this.imports.plan(list, null, DEFAULTS).digest();
		this.candidates.scan(this.imports.carryOut(list, null, DEFAULTS, digest));
		awaitRest();
	}

	private void awaitRest() {
		await().atMost(PATIENCE).until(() -> candidates().stream().noneMatch(Candidate::underWay));
	}

	private List<Candidate> candidates() {
		return this.candidates.all().stream().filter((each) -> each.node().name().startsWith("many")).toList();
	}

	private Candidate candidate(String name) {
		return candidates().stream().filter((each) -> each.node().name().equals(name)).findFirst().orElseThrow();
	}

	private static Enrolment byPassword(String password) {
		return new Enrolment(new Secret.Password(password.toCharArray()), null, null);
	}

}
