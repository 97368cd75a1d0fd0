package io.latchkey.internode;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import io.latchkey.openssh.Ed25519Pair;
import io.latchkey.secrets.SecretVault;

import org.springframework.stereotype.Component;

/**
 * How the pairs of a cluster come, take the place of older ones, and go.
 */
@Component
class Generations {

	private final InterNodeRepository repository;

	private final SecretVault vault;

	private final Clock clock;

	Generations(InterNodeRepository repository, SecretVault vault, Clock clock) {
		this.repository = repository;
		this.vault = vault;
		this.clock = clock;
	}

	/** One that only spreads is used by nobody, and gives way. */
	void begin(String cluster, InterNode before, InterNodeStrategy strategy, String account) {
		List<Generation> standing = new ArrayList<>(before.generations());
		if (standing.stream().anyMatch((generation) -> generation.phase() == GenerationPhase.ENDING)) {
			throw new RotationUnderWayException(cluster);
		}
		standing.stream().filter((generation) -> generation.phase() == GenerationPhase.SPREADING).forEach(this::end);
		GenerationPhase phase = standing.isEmpty() ? GenerationPhase.IN_USE : GenerationPhase.SPREADING;
		GenerationId generation = this.repository.add(before.cluster(), strategy, account, phase, this.clock.instant());
		if (strategy.copiesPrivateKey()) {
			makePair(cluster, generation);
		}
	}

	/** From now on the newer is used, while the older still lets in. */
	void handOver(Generation older, Generation newer) {
		this.repository.advance(older.id(), GenerationPhase.ENDING, this.clock.instant());
		this.repository.advance(newer.id(), GenerationPhase.IN_USE, this.clock.instant());
	}

	/** Its pairs go with it. */
	void end(Generation generation) {
		this.repository.delete(generation.id());
	}

	private void makePair(String cluster, GenerationId generation) {
		try (Ed25519Pair pair = Ed25519Pair.generate("latchkey cluster " + cluster)) {
			byte[] privateKey = pair.privateKey();
			long id = this.repository.addPair(generation, null, pair.publicKey(), MeshPart.sha256(privateKey));
			this.repository.storePrivateKey(id,
					Base64.getEncoder().encodeToString(this.vault.seal(privateKey, context(id))));
			Arrays.fill(privateKey, (byte) 0);
		}
	}

	/**
	 * The private half of a cluster's pair, as it stands in its file; to be wiped by who
	 * asked. Empty when the pair is gone by now.
	 */
	Optional<byte[]> privateKey(Pair pair) {
		return this.repository.privateKey(pair.id())
			.map((sealed) -> this.vault.open(Base64.getDecoder().decode(sealed), context(pair.id())));
	}

	private static String context(long pair) {
		return "inter_node_pair:private_key:" + pair;
	}

}
