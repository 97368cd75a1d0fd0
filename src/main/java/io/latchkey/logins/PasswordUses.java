package io.latchkey.logins;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.latchkey.core.Chunk;
import io.latchkey.nodestate.JdbcColumns;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Who came by password, as far as the logs were read: {@link Logins#reading} says how far
 * that is.
 */
@Service
public class PasswordUses {

	/** Of each node, the last ones: to syslog anybody may write names without end. */
	public static final int MOST_OF_A_NODE = 100;

	/** Each is looked up by itself: of several at once H2 reads all of all nodes. */
	private static final String METHODS = "'" + String.join("'), ('", LoginQuery.Method.PASSWORD.names()) + "'";

	private final JdbcClient jdbc;

	PasswordUses(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * By the node's name, each account once, the last first; nothing of a node where
	 * nobody came so.
	 * @param since the first instant
	 */
	public Map<String, List<PasswordUse>> on(Collection<String> nodes, Instant since) {
		return Chunk.collect(nodes, (some) -> read(some, since))
			.stream()
			.collect(Collectors.groupingBy(PasswordUse::node));
	}

	private List<PasswordUse> read(Chunk<String> nodes, Instant since) {
		return this.jdbc.sql("""
				select * from (
					select login.node, login.account, max(login.at) as last_at, sum(login.times) as all_times,
						max(case when login.proved then 1 else 0 end) as any_proved,
						row_number() over (partition by login.node order by max(login.at) desc, login.account) as place
					from node cross join (values (METHODS)) as password (method)
					join login on login.node = node.name and login.method = password.method and login.at >= :since
						and login.outcome = 'ACCEPTED' and login.account <> ''
					where node.name in (:nodes) group by login.node, login.account) ranked
				where place <= :most order by node, place""".replace("METHODS", METHODS))
			.param("nodes", nodes)
			.param("since", JdbcColumns.at(since))
			.param("most", MOST_OF_A_NODE)
			.query((row, number) -> new PasswordUse(row.getString("node"), row.getString("account"),
					JdbcColumns.requiredInstant(row, "last_at"), row.getLong("all_times"),
					row.getInt("any_proved") == 1))
			.list();
	}

}
