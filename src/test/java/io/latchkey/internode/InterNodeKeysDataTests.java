package io.latchkey.internode;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.DataTest;
import io.latchkey.core.InvalidInputException;
import io.latchkey.inventory.ClusterId;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.Ed25519Pair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@DataTest
class InterNodeKeysDataTests {

	private static final Duration OVERLAP = Duration.ofHours(1);

	@Autowired
	InterNodeKeys interNodeKeys;

	@Autowired
	Meshes meshes;

	@Autowired
	SharedPairs sharedPairs;

	@Autowired
	Nodes nodes;

	@Autowired
	Clusters clusters;

	NodeId web1;

	NodeId web2;

	ClusterId prod;

	@BeforeEach
	void aCluster() {
		this.web1 = node("web1", "root", Privilege.ROOT);
		this.web2 = node("web2", "root", Privilege.ROOT);
		this.prod = this.clusters.create("prod", null, List.of("web1", "web2")).id();
	}

	@Test
	void aClusterHasNoStrategyUntilOneIsChosen() {
		assertThat(this.interNodeKeys.of("prod").strategy()).isEqualTo(InterNodeStrategy.NONE);
		assertThat(this.meshes.partsIn(this.prod)).isEmpty();
		long version = this.clusters.get("prod").version();
		this.interNodeKeys.set("prod", InterNodeStrategy.CLUSTER_PAIR, "deploy");
		assertThat(this.interNodeKeys.of("prod").account()).isEqualTo("deploy");
		assertThat(this.clusters.get("prod").version()).isGreaterThan(version);
	}

	@Test
	void aClustersPairIsOnEveryNodeAndSealedHere() {
		this.interNodeKeys.set("prod", InterNodeStrategy.CLUSTER_PAIR, "deploy");
		List<MeshPart> parts = this.meshes.partsIn(this.prod);
		assertThat(parts).hasSize(2).allSatisfy((part) -> {
			assertThat(part.lines()).singleElement().satisfies((line) -> {
				assertThat(line.account()).isEqualTo("deploy");
				assertThat(line.holder()).isEqualTo("cluster:prod");
			});
			KeyFile file = part.keyFiles().get(0);
			byte[] privateKey = this.interNodeKeys.privateKey(file.pair()).orElseThrow();
			assertThat(MeshPart.sha256(privateKey)).isEqualTo(file.pair().fileHash());
		});
	}

	@Test
	void aNodesPairIsInTheLinesOfTheOthersOnceItIsKnown() {
		this.interNodeKeys.set("prod", InterNodeStrategy.NODE_PAIRS, "deploy");
		assertThat(part(this.web1).lines()).isEmpty();
		assertThat(part(this.web1).isComplete()).isFalse();
		learn(this.web1);
		assertThat(part(this.web1).lines()).isEmpty();
		assertThat(part(this.web1).isComplete()).isTrue();
		assertThat(part(this.web2).lines()).singleElement()
			.satisfies((line) -> assertThat(line.holder()).isEqualTo("node:web1"));
		this.clusters.removeNode("prod", "web1");
		assertThat(part(this.web2).lines()).isEmpty();
		this.clusters.addNode("prod", "web1");
		assertThat(part(this.web2).lines()).isEmpty();
	}

	@Test
	void aStepOfARotationWaitsForTheProofOfTheOneBefore() {
		this.interNodeKeys.set("prod", InterNodeStrategy.CLUSTER_PAIR, "deploy");
		this.interNodeKeys.rotate("prod");
		assertThat(phases()).containsExactly(GenerationPhase.IN_USE, GenerationPhase.SPREADING);
		assertThat(part(this.web1).lines()).hasSize(2);
		assertThat(part(this.web1).keyFiles()).hasSize(1);

		prove(this.web1);
		advance(Set.of());
		assertThat(phases()).containsExactly(GenerationPhase.IN_USE, GenerationPhase.SPREADING);
		advance(Set.of(this.web2));
		assertThat(phases()).containsExactly(GenerationPhase.ENDING, GenerationPhase.IN_USE);
		assertThat(part(this.web1).keyFiles()).extracting((file) -> file.generation().phase())
			.containsExactly(GenerationPhase.IN_USE, GenerationPhase.ENDING);

		prove(this.web1);
		advance(Set.of(this.web2));
		assertThat(phases()).containsExactly(GenerationPhase.ENDING, GenerationPhase.IN_USE);
		assertThatExceptionOfType(RotationUnderWayException.class).isThrownBy(() -> this.interNodeKeys.rotate("prod"));
		assertThatExceptionOfType(RotationUnderWayException.class)
			.isThrownBy(() -> this.interNodeKeys.set("prod", InterNodeStrategy.NODE_PAIRS, "deploy"));
		prove(this.web2);
		advance(Set.of());
		assertThat(phases()).containsExactly(GenerationPhase.IN_USE);
		assertThat(part(this.web1).lines()).hasSize(1);
	}

	@Test
	void noRotationLastsLongerThanItsOverlap() {
		this.interNodeKeys.set("prod", InterNodeStrategy.CLUSTER_PAIR, "deploy");
		this.interNodeKeys.rotate("prod");
		this.interNodeKeys.advance(this.prod, "prod", Set.of(this.web1, this.web2), Set.of(), Duration.ZERO);
		this.interNodeKeys.advance(this.prod, "prod", Set.of(this.web1, this.web2), Set.of(), Duration.ZERO);
		assertThat(phases()).containsExactly(GenerationPhase.IN_USE);
	}

	@Test
	void aStrategyThatOnlySpreadsGivesWayToAnother() {
		this.interNodeKeys.set("prod", InterNodeStrategy.CLUSTER_PAIR, "deploy");
		this.interNodeKeys.set("prod", InterNodeStrategy.NODE_PAIRS, "deploy");
		this.interNodeKeys.set("prod", InterNodeStrategy.NODE_PAIRS, "root");
		assertThat(this.interNodeKeys.of("prod").generations()).extracting(Generation::account)
			.containsExactly("deploy", "root");
		this.interNodeKeys.set("prod", InterNodeStrategy.NONE, null);
		assertThat(this.interNodeKeys.of("prod").generations()).isEmpty();
	}

	@Test
	void onlyASharedPairIsGivenOut() {
		this.interNodeKeys.set("prod", InterNodeStrategy.CLUSTER_PAIR, "deploy");
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.sharedPairs.take("prod"));
		this.interNodeKeys.set("prod", InterNodeStrategy.SHARED_PAIR, "deploy");
		try (TakenPair taken = this.sharedPairs.take("prod")) {
			assertThat(part(this.web1).lines()).extracting(MeshLine::key).contains(taken.publicKey());
			assertThat(taken.privateKey()).asString().startsWith("-----BEGIN OPENSSH PRIVATE KEY-----");
			assertThat(taken).asString().doesNotContain("PRIVATE");
		}
	}

	@Test
	void namesTheNodesThatCannotServeTheAccount() {
		node("db1", "backup", Privilege.SELF);
		this.clusters.addNode("prod", "db1");
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.interNodeKeys.set("prod", InterNodeStrategy.NODE_PAIRS, "deploy"))
			.satisfies((ex) -> assertThat(ex.faults()).singleElement()
				.satisfies((fault) -> assertThat(fault.arguments()).containsExactly("db1", "backup")));
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.interNodeKeys.set("prod", InterNodeStrategy.NODE_PAIRS, "no body"));
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.interNodeKeys.set("prod", InterNodeStrategy.NONE, "deploy"));
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.interNodeKeys.rotate("prod"));
	}

	@Test
	void goesWithItsCluster() {
		this.interNodeKeys.set("prod", InterNodeStrategy.SHARED_PAIR, "deploy");
		prove(this.web1);
		this.interNodeKeys.noteFiles(this.web1, "deploy", List.of("latchkey_config"));
		this.clusters.delete("prod");
		assertThat(this.meshes.partsIn(this.prod)).isEmpty();
		assertThat(this.interNodeKeys.filesOn(Set.of(this.web1)).get(this.web1))
			.isEqualTo(Map.of("deploy", List.of("latchkey_config")));
	}

	private void learn(NodeId node) {
		try (Ed25519Pair pair = Ed25519Pair.generate("test")) {
			MeshPart part = part(node);
			this.interNodeKeys.learn(part, part.generations().get(0).id(), pair.publicKey(), "0".repeat(64));
		}
	}

	private void prove(NodeId node) {
		MeshPart part = part(node);
		this.interNodeKeys.prove(part, part.digest(), null);
	}

	private void advance(Set<NodeId> away) {
		this.interNodeKeys.advance(this.prod, "prod", Set.of(this.web1, this.web2), away, OVERLAP);
	}

	private List<GenerationPhase> phases() {
		return this.interNodeKeys.of("prod").generations().stream().map(Generation::phase).toList();
	}

	private MeshPart part(NodeId node) {
		return this.meshes.partsIn(this.prod)
			.stream()
			.filter((part) -> part.node().equals(node))
			.findFirst()
			.orElseThrow();
	}

	private NodeId node(String name, String account, Privilege privilege) {
		return this.nodes
			.create(new NodeDraft(name, name + ".example", 22, account, privilege, Mode.ADDITIVE, Map.of()))
			.id();
	}

}
