package io.latchkey.internodefiles;

import java.util.List;
import java.util.Map;

import io.latchkey.internode.GenerationId;
import io.latchkey.internode.MeshPart;
import io.latchkey.openssh.PublicKey;
import io.latchkey.runs.PartOutcome;

/**
 * What became of a node's inter-node keys in a run.
 *
 * @param learned the pairs that stand on the node and were not known
 * @param obstacles per account, what stands in the way, for a person
 * @param warnings what was found besides
 * @param added the files that were written or made, each after its account
 * @param removed the files that were taken away, each after its account
 */
record InterNodeOutcome(List<Learned> learned, Map<String, String> obstacles, List<String> warnings, List<String> added,
		List<String> removed) implements PartOutcome {

	/**
	 * The public half of a pair that stands on the node.
	 *
	 * @param fileHash of the file that it stands in
	 */
	record Learned(MeshPart part, GenerationId generation, PublicKey publicKey, String fileHash) {

	}

	@Override
	public List<String> problems() {
		return List.copyOf(this.obstacles.values());
	}

	boolean hasLearned(MeshPart part) {
		return this.learned.stream().anyMatch((each) -> each.part().cluster().equals(part.cluster()));
	}

}
