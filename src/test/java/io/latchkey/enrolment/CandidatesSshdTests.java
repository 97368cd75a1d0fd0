package io.latchkey.enrolment;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.latchkey.ApplicationTest;
import io.latchkey.Patience;
import io.latchkey.RequiresProgram;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import io.latchkey.transport.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
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
	Clusters clusters;

	@Autowired
	NodeImports imports;

	@Autowired
	Candidates candidates;

	@AfterEach
	void forgetTheNodes() {
		this.candidates.all().forEach((candidate) -> this.nodes.delete(candidate.node().name()));
		IntStream.range(0, 10).forEach((i) -> this.nodes.delete("many" + i));
		this.clusters.delete("many");
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
