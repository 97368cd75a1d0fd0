package io.latchkey.internode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.latchkey.inventory.ClusterId;
import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What one node has to hold so that the nodes of one cluster reach each other.
 *
 * @param generations the oldest first
 * @param pairs of those generations, of all nodes
 * @param members the nodes of the cluster by name, this one included
 * @param proof what a run has last found of it, or null
 */
public record MeshPart(NodeId node, ClusterId cluster, String clusterName, List<Generation> generations,
		List<Pair> pairs, List<Member> members, @Nullable Proof proof) {

	/** The lines that let the others in. */
	public List<MeshLine> lines() {
		List<MeshLine> lines = new ArrayList<>();
		for (Generation generation : this.generations) {
			pairsOf(generation).filter((pair) -> !this.node.equals(pair.node()))
				.map((pair) -> line(generation, pair))
				.flatMap(Optional::stream)
				.sorted(Comparator.comparing(MeshLine::holder))
				.forEach(lines::add);
		}
		return lines;
	}

	private Stream<Pair> pairsOf(Generation generation) {
		return this.pairs.stream().filter((pair) -> pair.generation().equals(generation.id()));
	}

	private Optional<MeshLine> line(Generation generation, Pair pair) {
		NodeId owner = pair.node();
		if (owner == null) {
			return Optional.of(new MeshLine(generation.account(), pair.publicKey(), "cluster:" + this.clusterName,
					"latchkey cluster " + this.clusterName));
		}
		return this.members.stream()
			.filter((member) -> member.id().equals(owner))
			.findFirst()
			.map((member) -> new MeshLine(generation.account(), pair.publicKey(), "node:" + member.name(),
					"latchkey node " + member.name()));
	}

	/** The private halves that have to stand on the node, those that are used first. */
	public List<KeyFile> keyFiles() {
		return this.generations.stream()
			.filter((generation) -> generation.phase() != GenerationPhase.SPREADING
					|| !generation.strategy().copiesPrivateKey())
			.sorted(Comparator.comparing((Generation generation) -> generation.phase() != GenerationPhase.IN_USE))
			.map((generation) -> new KeyFile(generation, fileName(generation), own(generation)))
			.toList();
	}

	/** No name of a cluster has an at sign in it: two never get the same file. */
	private String fileName(Generation generation) {
		return "latchkey_" + this.clusterName + "@" + generation.id().value();
	}

	private @Nullable Pair own(Generation generation) {
		NodeId owner = generation.strategy().copiesPrivateKey() ? null : this.node;
		return pairsOf(generation).filter((pair) -> Objects.equals(pair.node(), owner)).findFirst().orElse(null);
	}

	/** The same for what belongs to one account. */
	MeshPart of(String account) {
		return new MeshPart(this.node, this.cluster, this.clusterName,
				this.generations.stream().filter((generation) -> generation.account().equals(account)).toList(),
				this.pairs, this.members, this.proof);
	}

	/** Whether the node's own pairs are known. */
	public boolean isComplete() {
		return keyFiles().stream().allMatch((file) -> file.pair() != null);
	}

	/** Whether a run has proved it to be in place as it is now. */
	public boolean isProven() {
		return this.proof != null && digest().equals(this.proof.digest());
	}

	/** Changes with whatever has to stand on the node. */
	public String digest() {
		StringBuilder all = new StringBuilder();
		this.generations.forEach((generation) -> all.append(generation.id().value())
			.append(' ')
			.append(generation.phase())
			.append(' ')
			.append(generation.account())
			.append('\n'));
		lines().forEach((line) -> all.append(line.account()).append(' ').append(line.text()).append('\n'));
		keyFiles().forEach((file) -> all.append(file.name())
			.append(' ')
			.append((file.pair() != null) ? file.pair().fileHash() : "-")
			.append('\n'));
		this.members.forEach((member) -> all.append(KnownHosts.linesOf(member)).append('\n'));
		return sha256(all.toString().getBytes(StandardCharsets.UTF_8));
	}

	static String sha256(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
