package io.latchkey.imports;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

import io.latchkey.core.Fault;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.NodeDraft;

/**
 * What an import would come to, before anything is made.
 *
 * @param nodes in the order of the list
 * @param wrong the lines of which no node comes, and why
 * @param passedOver what the list holds beside nodes
 * @param newClusters the names of clusters that there are not yet
 */
public record ImportPlan(ImportFormat format, List<PlannedNode> nodes, List<Remark> wrong, List<Remark> passedOver,
		Set<String> newClusters) {

	private static final Set<String> HERE_ALREADY = Set.of("import.duplicate.name", "import.duplicate.address",
			"import.other-address");

	/** What happens to a node of the list. */
	public enum Outcome {

		/** It is made. */
		NEW,
		/** It is there, and goes into clusters that it is not in. */
		JOINS,
		/** It is there; nothing is done to it. */
		EXISTS

	}

	/**
	 * A node of the list.
	 *
	 * @param line where it stands, counted from 1
	 * @param clusters those that it is put into
	 * @param hostKeys those that the list vouches for; they are pinned
	 */
	public record PlannedNode(int line, NodeDraft draft, List<String> clusters, List<HostKey> hostKeys,
			Outcome outcome) {

	}

	/**
	 * Something about a line.
	 *
	 * @param line counted from 1
	 */
	public record Remark(int line, Fault fault) {

		/** Whether nothing is wrong with it but that what it says is here already. */
		public boolean isHereAlready() {
			return HERE_ALREADY.contains(this.fault.code());
		}

	}

	public List<PlannedNode> with(Outcome outcome) {
		return this.nodes.stream().filter((node) -> node.outcome() == outcome).toList();
	}

	/** Lines that are left out because what they say is here already. */
	public List<Remark> hereAlready() {
		return this.wrong.stream().filter(Remark::isHereAlready).toList();
	}

	/** Whether it would change anything. */
	public boolean changesAnything() {
		return this.nodes.stream().anyMatch((node) -> node.outcome() != Outcome.EXISTS);
	}

	/**
	 * Names just what would be done, so that what was looked at is what is carried out.
	 */
	public String digest() {
		try {
			MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
			this.nodes.stream()
				.filter((node) -> node.outcome() != Outcome.EXISTS)
				.forEach((node) -> sha256.update((node + "\n").getBytes(StandardCharsets.UTF_8)));
			return HexFormat.of().formatHex(sha256.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
