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
					select node, account, max(at) as last_at, sum(times) as all_times,
						max(case when proved then 1 else 0 end) as any_proved,
						row_number() over (partition by node order by max(at) desc, account) as place
					from login where method in (:methods) and node in (:nodes) and at >= :since
						and outcome = 'ACCEPTED' and account <> '' group by node, account) ranked
				where place <= :most order by node, place""")
			.param("methods", LoginQuery.Method.PASSWORD.names())
			.param("nodes", nodes)
			.param("since", JdbcColumns.at(since))
			.param("most", MOST_OF_A_NODE)
			.query((row, number) -> new PasswordUse(row.getString("node"), row.getString("account"),
					JdbcColumns.requiredInstant(row, "last_at"), row.getLong("all_times"),
					row.getInt("any_proved") == 1))
			.list();
	}

}
