package io.latchkey.reconcile.converse;

import java.util.List;
import java.util.Map;

import io.latchkey.internode.GenerationId;
import io.latchkey.internode.MeshPart;
import io.latchkey.openssh.PublicKey;

/**
 * What became of a node's inter-node keys in a run.
 *
 * @param learned the pairs that stand on the node and were not known
 * @param problems per account, what stands in the way, for a person
 * @param warnings what was found besides
 * @param written the files that were written or made, each after its account
 * @param removed the files that were taken away, each after its account
 */
public record InterNodeOutcome(List<Learned> learned, Map<String, String> problems, List<String> warnings,
		List<String> written, List<String> removed) {

	public static final InterNodeOutcome NOTHING = new InterNodeOutcome(List.of(), Map.of(), List.of(), List.of(),
			List.of());

	/**
	 * The public half of a pair that stands on the node.
	 *
	 * @param fileHash of the file that it stands in
	 */
	public record Learned(MeshPart part, GenerationId generation, PublicKey publicKey, String fileHash) {

	}

	/** The same, with what stands in the way. */
	InterNodeOutcome with(Map<String, String> problems) {
		return new InterNodeOutcome(this.learned, problems, this.warnings, this.written, this.removed);
	}

	public boolean hasLearned(MeshPart part) {
		return this.learned.stream().anyMatch((each) -> each.part().cluster().equals(part.cluster()));
	}

}
