package io.latchkey.foreignkeys;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.latchkey.core.Chunk;
import io.latchkey.core.SearchText;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.JdbcColumns;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The foreign lines that were taken off, and which of them are kept again. */
@Repository
public class RemovedLineRepository {

	private static final String FOUND = """
			from removed_line where node_id = :node and trim(line) <> ''
			and (lower(line) like :pattern escape '!' or lower(fingerprint) like :pattern escape '!')""";

	private final JdbcClient jdbc;

	RemovedLineRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Stores them before they are removed. A line that is stored already, of a removal
	 * that failed or of an earlier one, stands there once, with the latest instant.
	 */
	public void store(StatementBatch batch, NodeId node, String account, Collection<Line> lines, Instant now) {
		lines.stream().distinct().forEach((line) -> {
			MapSqlParameterSource row = new MapSqlParameterSource("node", node.value()).addValue("account", account)
				.addValue("line", line.text().replace('\0', '\u2400'))
				.addValue("bytes", Base64.getEncoder().encodeToString(AuthorizedKeysFile.of(List.of(line)).render()))
				.addValue("fingerprint", line.key().map((key) -> key.fingerprint().value()).orElse(null))
				.addValue("now", JdbcColumns.at(now));
			batch.add("""
					update removed_line set removed_at = :now
					where node_id = :node and account = :account and bytes = :bytes and restored_at is null""", row);
			batch.add("""
					insert into removed_line (node_id, account, line, bytes, fingerprint, removed_at)
					select cast(:node as bigint), cast(:account as varchar(256)), cast(:line as text),
					cast(:bytes as text), cast(:fingerprint as varchar(64)), cast(:now as timestamp with time zone)
					where not exists (select 1 from removed_line
					where node_id = :node and account = :account and bytes = :bytes and restored_at is null)""", row);
		});
	}

	/** How many of each account are stored. */
	Map<NodeId, Map<String, Long>> counts(Collection<NodeId> nodes) {
		Map<NodeId, Map<String, Long>> counts = new HashMap<>();
		Chunk.each(nodes, (some) -> this.jdbc.sql("""
				select node_id, account, count(*) as stored from removed_line where node_id in (:nodes)
				group by node_id, account""").param("nodes", JdbcColumns.padded(some)).query((ResultSet row) -> {
			counts.computeIfAbsent(new NodeId(row.getLong("node_id")), (node) -> new HashMap<>())
				.put(row.getString("account"), row.getLong("stored"));
		}));
		return counts;
	}

	/** Newest first; blank lines are left out. */
	Page<RemovedLine> list(NodeId node, @Nullable String query, Pageable page) {
		String pattern = SearchText.pattern(query);
		List<RemovedLine> lines = this.jdbc
			.sql("select * " + FOUND
					+ " order by removed_at desc, id desc offset :offset rows fetch next :size rows only")
			.param("node", node.value())
			.param("pattern", pattern)
			.param("offset", page.getOffset())
			.param("size", page.getPageSize())
			.query(RemovedLineRepository::row)
			.list();
		long total = this.jdbc.sql("select count(*) " + FOUND)
			.param("node", node.value())
			.param("pattern", pattern)
			.query(Long.class)
			.single();
		return new PageImpl<>(lines, page, total);
	}

	Optional<RemovedLine> find(NodeId node, long id) {
		return this.jdbc.sql("select * from removed_line where node_id = :node and id = :id")
			.param("node", node.value())
			.param("id", id)
			.query(RemovedLineRepository::row)
			.optional();
	}

	/** Returns whether it was not kept before. */
	boolean noteRestored(long id, String actor, Instant now) {
		return this.jdbc.sql("""
				update removed_line set restored_at = :now, restored_by = :actor
				where id = :id and restored_at is null""")
			.param("now", JdbcColumns.at(now))
			.param("actor", actor)
			.param("id", id)
			.update() == 1;
	}

	/** Returns whether it was kept before. */
	boolean noteLetGo(long id) {
		return this.jdbc.sql("""
				update removed_line set restored_at = null, restored_by = null
				where id = :id and restored_at is not null""").param("id", id).update() == 1;
	}

	/** The lines to keep in each account, byte for byte. */
	Map<NodeId, Map<String, List<Line>>> kept(Collection<NodeId> nodes) {
		Map<NodeId, Map<String, List<Line>>> kept = new HashMap<>();
		Chunk.each(nodes,
				(some) -> this.jdbc.sql("""
						select node_id, account, line, bytes from removed_line
						where node_id in (:nodes) and restored_at is not null order by id""")
					.param("nodes", JdbcColumns.padded(some))
					.query((ResultSet row) -> {
						kept.computeIfAbsent(new NodeId(row.getLong("node_id")), (node) -> new HashMap<>())
							.computeIfAbsent(row.getString("account"), (account) -> new ArrayList<>())
							.addAll(AuthorizedKeysFile.parse(bytes(row)).lines());
					}));
		return kept;
	}

	public Map<String, List<Line>> kept(NodeId node) {
		return kept(Set.of(node)).getOrDefault(node, Map.of());
	}

	/** Those that cannot be read make way for the text, which says the same. */
	private static byte[] bytes(ResultSet row) throws SQLException {
		try {
			return Base64.getDecoder().decode(row.getString("bytes"));
		}
		catch (IllegalArgumentException ex) {
			return Line.observed(row.getString("line")).bytes();
		}
	}

	private static RemovedLine row(ResultSet row, int number) throws SQLException {
		return new RemovedLine(row.getLong("id"), row.getString("account"), row.getString("line"),
				JdbcColumns.fingerprint(row).orElse(null), JdbcColumns.requiredInstant(row, "removed_at"),
				JdbcColumns.instant(row, "restored_at"), row.getString("restored_by"));
	}

}
