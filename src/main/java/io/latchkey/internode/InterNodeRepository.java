package io.latchkey.internode;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.latchkey.core.Chunk;
import io.latchkey.inventory.ClusterId;
import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** The generations, their pairs, and what runs have proved. */
@Repository
class InterNodeRepository {

	private static final Logger log = LoggerFactory.getLogger(InterNodeRepository.class);

	private static final int LONGEST_DETAIL = 2000;

	private final JdbcClient jdbc;

	InterNodeRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The oldest first. */
	List<Generation> generationsOf(Collection<ClusterId> clusters) {
		return Chunk.collect(clusters,
				(some) -> this.jdbc
					.sql("select * from inter_node_generation where cluster_id in (:clusters) order by id")
					.param("clusters", some.stream().map(ClusterId::value).toList())
					.query(InterNodeRepository::generation)
					.list());
	}

	List<Pair> pairsOf(Collection<Generation> generations) {
		return Chunk.collect(generations,
				(some) -> this.jdbc.sql("""
						select id, generation_id, node_id, public_key, file_hash from inter_node_pair
						where generation_id in (:generations) order by id""")
					.param("generations", some.stream().map((generation) -> generation.id().value()).toList())
					.query(InterNodeRepository::pair)
					.list()
					.stream()
					.flatMap(Optional::stream)
					.toList());
	}

	Map<ClusterId, Map<NodeId, Proof>> proofsIn(Collection<ClusterId> clusters) {
		Map<ClusterId, Map<NodeId, Proof>> proofs = new HashMap<>();
		Chunk.each(clusters,
				(some) -> this.jdbc.sql("select * from inter_node_member where cluster_id in (:clusters)")
					.param("clusters", some.stream().map(ClusterId::value).toList())
					.query((row) -> {
						proofs.computeIfAbsent(new ClusterId(row.getLong("cluster_id")), (id) -> new HashMap<>())
							.put(new NodeId(row.getLong("node_id")), new Proof(row.getString("proven"),
									row.getString("detail"), row.getObject("at", OffsetDateTime.class).toInstant()));
					}));
		return proofs;
	}

	GenerationId add(ClusterId cluster, InterNodeStrategy strategy, String account, GenerationPhase phase,
			Instant now) {
		GeneratedKeyHolder id = new GeneratedKeyHolder();
		this.jdbc.sql("""
				insert into inter_node_generation (cluster_id, strategy, account, phase, since)
				values (:cluster, :strategy, :account, :phase, :now)""")
			.param("cluster", cluster.value())
			.param("strategy", strategy.name())
			.param("account", account)
			.param("phase", phase.name())
			.param("now", at(now))
			.update(id, "id");
		return new GenerationId(Objects.requireNonNull(id.getKey()).longValue());
	}

	void advance(GenerationId generation, GenerationPhase phase, Instant now) {
		this.jdbc.sql("update inter_node_generation set phase = :phase, since = :now where id = :id")
			.param("phase", phase.name())
			.param("now", at(now))
			.param("id", generation.value())
			.update();
	}

	/** Its pairs go along. */
	void delete(GenerationId generation) {
		this.jdbc.sql("delete from inter_node_generation where id = :id").param("id", generation.value()).update();
	}

	/** Makes room for the pair of a cluster, before it is sealed for its place. */
	long addPair(GenerationId generation, @Nullable NodeId node, PublicKey publicKey, String fileHash) {
		GeneratedKeyHolder id = new GeneratedKeyHolder();
		this.jdbc.sql("""
				insert into inter_node_pair (generation_id, node_id, public_key, file_hash)
				values (:generation, :node, :key, :hash)""")
			.param("generation", generation.value())
			.param("node", (node != null) ? node.value() : null)
			.param("key", publicKey.render())
			.param("hash", fileHash)
			.update(id, "id");
		return Objects.requireNonNull(id.getKey()).longValue();
	}

	void storePrivateKey(long pair, String sealed) {
		this.jdbc.sql("update inter_node_pair set private_key = :sealed where id = :id")
			.param("sealed", sealed)
			.param("id", pair)
			.update();
	}

	Optional<String> privateKey(long pair) {
		return this.jdbc.sql("select private_key from inter_node_pair where id = :id and private_key is not null")
			.param("id", pair)
			.query(String.class)
			.optional();
	}

	void deletePair(GenerationId generation, NodeId node) {
		this.jdbc.sql("delete from inter_node_pair where generation_id = :generation and node_id = :node")
			.param("generation", generation.value())
			.param("node", node.value())
			.update();
	}

	/** A node that left a cluster has nothing there any more. */
	void forget(ClusterId cluster, NodeId node) {
		this.jdbc.sql("""
				delete from inter_node_pair where node_id = :node and generation_id in
				(select id from inter_node_generation where cluster_id = :cluster)""")
			.param("node", node.value())
			.param("cluster", cluster.value())
			.update();
		this.jdbc.sql("delete from inter_node_member where cluster_id = :cluster and node_id = :node")
			.param("node", node.value())
			.param("cluster", cluster.value())
			.update();
	}

	void storeProof(ClusterId cluster, NodeId node, @Nullable String digest, @Nullable String detail, Instant now) {
		this.jdbc.sql("delete from inter_node_member where cluster_id = :cluster and node_id = :node")
			.param("node", node.value())
			.param("cluster", cluster.value())
			.update();
		this.jdbc.sql("""
				insert into inter_node_member (cluster_id, node_id, proven, detail, at)
				values (:cluster, :node, :proven, :detail, :now)""")
			.param("cluster", cluster.value())
			.param("node", node.value())
			.param("proven", digest)
			.param("detail", shortened(detail))
			.param("now", at(now))
			.update();
	}

	/** The files in the accounts of a node, by account. */
	Map<NodeId, Map<String, List<String>>> filesOn(Collection<NodeId> nodes) {
		Map<NodeId, Map<String, List<String>>> files = new HashMap<>();
		Chunk.each(nodes, (some) -> this.jdbc
			.sql("select node_id, account, name from inter_node_file where node_id in (:nodes) order by account, name")
			.param("nodes", some.stream().map(NodeId::value).toList())
			.query((row) -> {
				files.computeIfAbsent(new NodeId(row.getLong("node_id")), (node) -> new HashMap<>())
					.computeIfAbsent(row.getString("account"), (account) -> new ArrayList<>())
					.add(row.getString("name"));
			}));
		return files;
	}

	void addFiles(NodeId node, String account, Collection<String> names) {
		names.forEach((name) -> this.jdbc
			.sql("insert into inter_node_file (node_id, account, name) values (:node, :account, :name)")
			.param("node", node.value())
			.param("account", account)
			.param("name", name)
			.update());
	}

	void deleteFiles(NodeId node, String account, Collection<String> names) {
		Chunk.each(names, (some) -> this.jdbc
			.sql("delete from inter_node_file where node_id = :node and account = :account and name in (:names)")
			.param("node", node.value())
			.param("account", account)
			.param("names", some)
			.update());
	}

	private static @Nullable String shortened(@Nullable String text) {
		return (text == null || text.length() <= LONGEST_DETAIL) ? text : text.substring(0, LONGEST_DETAIL);
	}

	private static OffsetDateTime at(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

	private static Generation generation(ResultSet row, int number) throws SQLException {
		return new Generation(new GenerationId(row.getLong("id")), new ClusterId(row.getLong("cluster_id")),
				InterNodeStrategy.valueOf(row.getString("strategy")), row.getString("account"),
				GenerationPhase.valueOf(row.getString("phase")),
				row.getObject("since", OffsetDateTime.class).toInstant());
	}

	/**
	 * One that cannot be read is none: it keeps nothing from the nodes of its cluster.
	 */
	private static Optional<Pair> pair(ResultSet row, int number) throws SQLException {
		long node = row.getLong("node_id");
		NodeId owner = row.wasNull() ? null : new NodeId(node);
		try {
			return Optional.of(new Pair(row.getLong("id"), new GenerationId(row.getLong("generation_id")), owner,
					PublicKey.parse(row.getString("public_key")), row.getString("file_hash")));
		}
		catch (InvalidKeyException ex) {
			log.error("The stored inter-node key with the id {} cannot be read, and is passed over: {}",
					row.getLong("id"), ex.getMessage());
			return Optional.empty();
		}
	}

}
