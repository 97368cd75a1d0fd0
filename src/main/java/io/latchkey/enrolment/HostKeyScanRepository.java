package io.latchkey.enrolment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import io.latchkey.core.Chunk;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The last scan of each node. */
@Repository
class HostKeyScanRepository {

	private static final int LONGEST_FAILURE = 2000;

	private final JdbcClient jdbc;

	HostKeyScanRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Unless the node is gone by now. */
	@Transactional
	public void store(HostKeyScan scan) {
		this.jdbc.sql("delete from host_key_scan where node_id = ?").param(scan.node().value()).update();
		this.jdbc.sql("""
				insert into host_key_scan (node_id, scanned_at, public_keys, failure)
				select id, :at, :keys, :failure from node where id = :node""")
			.param("at", OffsetDateTime.ofInstant(scan.scannedAt(), ZoneOffset.UTC))
			.param("keys", scan.hostKeys().stream().map((key) -> key.key().render()).collect(Collectors.joining("\n")))
			.param("failure", shortened(scan.failure()))
			.param("node", scan.node().value())
			.update();
	}

	List<HostKeyScan> of(Collection<NodeId> nodes) {
		return Chunk.collect(nodes,
				(some) -> this.jdbc.sql("select * from host_key_scan where node_id in (:nodes)")
					.param("nodes", some.stream().map(NodeId::value).toList())
					.query(HostKeyScanRepository::scan)
					.list());
	}

	private static HostKeyScan scan(ResultSet row, int number) throws SQLException {
		Instant at = row.getObject("scanned_at", OffsetDateTime.class).toInstant();
		return new HostKeyScan(new NodeId(row.getLong("node_id")), at,
				row.getString("public_keys").lines().map(HostKeyScanRepository::hostKey).toList(),
				row.getString("failure"));
	}

	private static HostKey hostKey(String line) {
		try {
			return new HostKey(PublicKey.parse(line));
		}
		catch (InvalidKeyException ex) {
			throw new IllegalStateException("A stored host key is damaged", ex);
		}
	}

	private static @Nullable String shortened(@Nullable String text) {
		return (text != null && text.length() > LONGEST_FAILURE) ? text.substring(0, LONGEST_FAILURE) : text;
	}

}
