package io.latchkey.reconcile;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.latchkey.core.Chunk;
import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The lines that Latchkey wrote or was about to write, until they are known to be gone.
 */
@Repository
class PlacedLineRepository {

	private final JdbcClient jdbc;

	PlacedLineRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	List<PlacedLine> of(NodeId node) {
		return this.jdbc.sql("select * from placed_line where node_id = :node order by id")
			.param("node", node.value())
			.query(PlacedLineRepository::row)
			.list();
	}

	/** Where a line of the identity stands, or is not known to be gone. */
	Map<NodeId, Set<String>> accountsOf(String identity) {
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
	List<Standing> standing(Collection<String> identities) {
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
	record Standing(NodeId node, String account, String identity) {

	}

	void add(NodeId node, PlacedLine line, Instant now) {
		this.jdbc.sql("""
				insert into placed_line (node_id, account, line, fingerprint, identity, grant_ids, placed_at,
				ends_by_itself, origin, stood, file) values (:node, :account, :line, :fingerprint, :identity, :grants,
				:now, :ends, :origin, :stood, :file)""")
			.param("node", node.value())
			.param("account", line.account())
			.param("line", line.line())
			.param("fingerprint", line.fingerprint().value())
			.param("identity", line.identity())
			.param("grants", JdbcColumns.ids(line.grants()))
			.param("now", JdbcColumns.at(now))
			.param("ends", line.isOwn() && line.line().contains("expiry-time="))
			.param("origin", line.origin().name())
			.param("stood", line.stood())
			.param("file", line.file())
			.update();
	}

	/** Latchkey's own line is about to stand where a foreign one stood for it. */
	void noteOwn(Collection<Long> ids, String file) {
		Chunk.each(ids,
				(some) -> this.jdbc
					.sql("update placed_line set origin = 'LATCHKEY', stood = :stood, file = :file where id in (:ids)")
					.param("stood", false)
					.param("file", file)
					.param("ids", some)
					.update());
	}

	/** They stand in this file, and in no other. */
	void noteFile(Collection<Long> ids, String file) {
		Chunk.each(ids,
				(some) -> this.jdbc.sql("update placed_line set file = :file where id in (:ids)")
					.param("file", file)
					.param("ids", some)
					.update());
	}

	/** A run has seen them. */
	void noteStood(Collection<Long> ids) {
		Chunk.each(ids,
				(some) -> this.jdbc.sql("update placed_line set stood = :stood where id in (:ids)")
					.param("stood", true)
					.param("ids", some)
					.update());
	}

	/** The line stands for these grants now, and is wanted. */
	void noteWanted(long id, Collection<Long> grants) {
		this.jdbc.sql("update placed_line set grant_ids = :grants, unwanted_since = null where id = :id")
			.param("grants", JdbcColumns.ids(grants))
			.param("id", id)
			.update();
	}

	/** It should be gone and is not known to be; keeps the earliest such instant. */
	void noteUnwanted(Collection<Long> ids, Instant since) {
		Chunk.each(ids,
				(some) -> this.jdbc
					.sql("update placed_line set unwanted_since = :since where id in (:ids) and unwanted_since is null")
					.param("since", JdbcColumns.at(since))
					.param("ids", some)
					.update());
	}

	void delete(Collection<Long> ids) {
		Chunk.each(ids,
				(some) -> this.jdbc.sql("delete from placed_line where id in (:ids)").param("ids", some).update());
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
