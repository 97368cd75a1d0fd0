package io.latchkey.nodestate;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.latchkey.core.Chunk;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The lines that Latchkey wrote or was about to write, until they are known to be gone.
 */
@Repository
public class PlacedLineRepository {

	private static final String INSERT = """
			insert into placed_line (node_id, account, line, fingerprint, identity, grant_ids, placed_at,
			ends_by_itself, origin, stood, file) values (:node, :account, :line, :fingerprint, :identity, :grants,
			:now, :ends, :origin, :stood, :file)""";

	private final JdbcClient jdbc;

	PlacedLineRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	public List<PlacedLine> of(NodeId node) {
		return of(Set.of(node)).getOrDefault(node, List.of());
	}

	public Map<NodeId, List<PlacedLine>> of(Collection<NodeId> nodes) {
		Map<NodeId, List<PlacedLine>> lines = new HashMap<>();
		Chunk.each(nodes,
				(some) -> this.jdbc.sql("select * from placed_line where node_id in (:nodes) order by id")
					.param("nodes", JdbcColumns.padded(some))
					.query((ResultSet row) -> {
						lines.computeIfAbsent(new NodeId(row.getLong("node_id")), (node) -> new ArrayList<>())
							.add(row(row, 0));
					}));
		return lines;
	}

	/** Those of these nodes where one should be gone and is not known to be. */
	public Set<NodeId> withOverdue(Collection<NodeId> nodes) {
		return Chunk.distinct(nodes,
				(some) -> this.jdbc.sql("""
						select distinct node_id from placed_line
						where node_id in (:nodes) and unwanted_since is not null""")
					.param("nodes", JdbcColumns.padded(some))
					.query((row, number) -> new NodeId(row.getLong("node_id")))
					.list());
	}

	/** Where a line of the identity stands, or is not known to be gone. */
	public Map<NodeId, Set<String>> accountsOf(String identity) {
		Map<NodeId, Set<String>> accounts = new HashMap<>();
		this.jdbc.sql("select distinct node_id, account from placed_line where identity = :identity")
			.param("identity", identity)
			.query((ResultSet row) -> {
				accounts.computeIfAbsent(new NodeId(row.getLong("node_id")), (node) -> new TreeSet<>())
					.add(row.getString("account"));
			});
		return accounts;
	}

	/** Where Latchkey's own lines for these identities are not known to be gone. */
	public List<Standing> standing(Collection<String> identities) {
		return Chunk.collect(identities,
				(some) -> this.jdbc.sql("""
						select distinct node_id, account, identity from placed_line
						where origin = 'LATCHKEY' and identity in (:identities)""")
					.param("identities", some)
					.query((row, number) -> new Standing(new NodeId(row.getLong("node_id")), row.getString("account"),
							row.getString("identity")))
					.list());
	}

	/** A line for an identity, in an account's file. */
	public record Standing(NodeId node, String account, String identity) {

	}

	public void add(NodeId node, PlacedLine line, Instant now) {
		this.jdbc.sql(INSERT).paramSource(columns(node, line, now)).update();
	}

	public void add(StatementBatch batch, NodeId node, PlacedLine line, Instant now) {
		batch.add(INSERT, columns(node, line, now));
	}

	private static MapSqlParameterSource columns(NodeId node, PlacedLine line, Instant now) {
		return new MapSqlParameterSource("node", node.value()).addValue("account", line.account())
			.addValue("line", line.line())
			.addValue("fingerprint", line.fingerprint().value())
			.addValue("identity", line.identity())
			.addValue("grants", JdbcColumns.ids(line.grants()))
			.addValue("now", JdbcColumns.at(now))
			.addValue("ends", line.isOwn() && line.line().contains("expiry-time="))
			.addValue("origin", line.origin().name())
			.addValue("stood", line.stood())
			.addValue("file", line.file());
	}

	/** Latchkey's own line is about to stand where a foreign one stood for it. */
	public void noteOwn(StatementBatch batch, Collection<Long> ids, String file) {
		ids.forEach((id) -> batch.add(
				"update placed_line set origin = 'LATCHKEY', stood = :stood, file = :file where id = :id",
				of(id).addValue("stood", false).addValue("file", file)));
	}

	/** It stands in this file, and in no other. */
	public void noteFile(StatementBatch batch, long id, String file) {
		batch.add("update placed_line set file = :file where id = :id", of(id).addValue("file", file));
	}

	/** A run has seen it. */
	public void noteStood(StatementBatch batch, long id) {
		batch.add("update placed_line set stood = :stood where id = :id", of(id).addValue("stood", true));
	}

	/** The line stands for these grants now, and is wanted. */
	public void noteWanted(StatementBatch batch, long id, Collection<Long> grants) {
		batch.add("update placed_line set grant_ids = :grants, unwanted_since = null where id = :id",
				of(id).addValue("grants", JdbcColumns.ids(grants)));
	}

	/** It should be gone and is not known to be; keeps the earliest such instant. */
	public void noteUnwanted(StatementBatch batch, long id, Instant since) {
		batch.add("update placed_line set unwanted_since = :since where id = :id and unwanted_since is null",
				of(id).addValue("since", JdbcColumns.at(since)));
	}

	/** The same for many, at once. */
	public void noteUnwanted(Collection<Long> ids, Instant since) {
		Chunk.each(ids,
				(some) -> this.jdbc
					.sql("update placed_line set unwanted_since = :since where id in (:ids) and unwanted_since is null")
					.param("since", JdbcColumns.at(since))
					.param("ids", some)
					.update());
	}

	public void delete(StatementBatch batch, long id) {
		batch.add("delete from placed_line where id = :id", of(id));
	}

	private static MapSqlParameterSource of(long id) {
		return new MapSqlParameterSource("id", id);
	}

	/**
	 * No line is passed over: it would be taken for a foreign one, which stays. Where the
	 * column cannot be read, the line tells; and where that has no key either, none is to
	 * be found by it.
	 */
	private static Fingerprint fingerprint(ResultSet row) throws SQLException {
		Optional<Fingerprint> stored = JdbcColumns.fingerprint(row);
		if (stored.isPresent()) {
			return stored.get();
		}
		String text = row.getString("line");
		return Line.observed(text)
			.key()
			.map(PublicKey::fingerprint)
			.orElseGet(() -> Fingerprint.of(text.getBytes(StandardCharsets.UTF_8)));
	}

	private static PlacedLine row(ResultSet row, int number) throws SQLException {
		return new PlacedLine(row.getLong("id"), row.getString("account"), row.getString("line"), fingerprint(row),
				row.getString("identity"), JdbcColumns.ids(row.getString("grant_ids")),
				JdbcColumns.instant(row, "unwanted_since"),
				JdbcColumns.constant(row, "origin", AccountState.Origin.LATCHKEY), row.getBoolean("stood"),
				row.getString("file"));
	}

}
