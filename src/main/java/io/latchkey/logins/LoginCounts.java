package io.latchkey.logins;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import io.latchkey.core.Chunk;
import io.latchkey.nodestate.JdbcColumns;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How often identities came to nodes, and when last: as far as the logs were read, and
 * are kept.
 */
@Repository
public class LoginCounts {

	private final JdbcClient jdbc;

	LoginCounts(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** When they came last by a key; nothing of those who never did. */
	public Map<Came, Instant> last(Collection<String> identities, Collection<String> nodes) {
		Map<Came, Instant> last = new HashMap<>();
		Chunk.each(identities,
				(some) -> Chunk.each(nodes, (others) -> this.jdbc.sql("""
						select identity, node, account, max(at) as last_at from key_use
						where node in (:nodes) and identity in (:identities) group by identity, node, account""")
					.param("nodes", others)
					.param("identities", some)
					.query((ResultSet row) -> {
						last.put(came(row), JdbcColumns.requiredInstant(row, "last_at"));
					})));
		return last;
	}

	/** How often they were let in from the one instant to the other. */
	public Map<Came, Long> between(Collection<String> identities, Collection<String> nodes, Instant since,
			Instant until) {
		Map<Came, Long> times = new HashMap<>();
		if (since.equals(until)) {
			return times;
		}
		Chunk.each(identities,
				(some) -> Chunk.each(nodes,
						(others) -> this.jdbc.sql("""
								select identity, node, account, sum(times) as came from login
								where node in (:nodes) and at >= :since and at <= :until and outcome = 'ACCEPTED'
								and identity in (:identities) group by identity, node, account""")
							.param("nodes", others)
							.param("identities", some)
							.param("since", JdbcColumns.at(since))
							.param("until", JdbcColumns.at(until))
							.query((ResultSet row) -> {
								times.put(came(row), row.getLong("came"));
							})));
		return times;
	}

	private static Came came(ResultSet row) throws SQLException {
		return new Came(row.getString("identity"), row.getString("node"), row.getString("account"));
	}

	/**
	 * Who came where.
	 */
	public record Came(String identity, String node, String account) {

	}

}
