package io.latchkey.nodestate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.latchkey.core.Chunk;
import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.Fingerprint;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The lines that nobody granted, over all nodes, as last observed. */
@Repository
public class ForeignLineRepository {

	private static final String FOREIGN = " e.origin = 'FOREIGN' and e.status = 'EXTRA' ";

	private static final String WITH_KEY = FOREIGN + "and e.fingerprint is not null and e.is_line is not null ";

	private static final String TOLERATED = """
			exists (select 1 from tolerated_key t where t.fingerprint = e.fingerprint and t.tolerated_until > :now)
			""";

	private final JdbcClient jdbc;

	ForeignLineRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Their keys; those with most lines first. */
	Page<ForeignKeyCount> keys(ForeignKeyCount.Which which, Instant now, Pageable page) {
		String from = " from account_entry e where " + WITH_KEY + switch (which) {
			case ALL -> "and cast(:now as timestamp with time zone) is not null";
			case OPEN -> "and not " + TOLERATED;
			case TOLERATED -> "and " + TOLERATED;
		};
		List<ForeignKeyCount> keys = this.jdbc.sql("select e.fingerprint, count(*) as standing" + from + """
				 group by e.fingerprint order by count(*) desc, e.fingerprint
				offset :offset rows fetch next :size rows only""")
			.param("now", JdbcColumns.at(now))
			.param("offset", page.getOffset())
			.param("size", page.getPageSize())
			.query((row, number) -> new ForeignKeyCount(Fingerprint.parse(row.getString("fingerprint")),
					row.getLong("standing")))
			.list();
		long total = this.jdbc.sql("select count(distinct e.fingerprint)" + from)
			.param("now", JdbcColumns.at(now))
			.query(Long.class)
			.single();
		return new PageImpl<>(keys, page, total);
	}

	/**
	 * The lines with these keys, by key, node and account.
	 * @param most of one key
	 */
	public List<ForeignLine> with(Collection<Fingerprint> keys, int most) {
		return Chunk.collect(keys,
				(some) -> this.jdbc.sql("""
						select node_id, account, fingerprint, is_line from (
						select e.node_id, e.account, e.fingerprint, e.is_line, e.position, n.name,
						row_number() over (partition by e.fingerprint order by n.name, e.account, e.position) as place
						from account_entry e join node n on n.id = e.node_id where""" + WITH_KEY + """
						and e.fingerprint in (:keys)) numbered where place <= :most
						order by fingerprint, place""")
					.param("keys", some.stream().map(Fingerprint::value).toList())
					.param("most", most)
					.query(ForeignLineRepository::line)
					.list());
	}

	/**
	 * All lines with these keys that Latchkey did not write, also those that serve a
	 * grant.
	 */
	public List<ForeignLine> standing(Collection<Fingerprint> keys) {
		return Chunk.collect(keys,
				(some) -> this.jdbc.sql("""
						select node_id, account, fingerprint, is_line from account_entry
						where origin = 'FOREIGN' and status in ('EXTRA', 'IN_PLACE') and fingerprint in (:keys)
						and is_line is not null order by fingerprint, node_id, account, position""")
					.param("keys", some.stream().map(Fingerprint::value).toList())
					.query(ForeignLineRepository::line)
					.list());
	}

	/** How many lines there are with these keys. */
	public long count(Collection<Fingerprint> keys) {
		return Chunk
			.collect(keys,
					(some) -> this.jdbc
						.sql("select count(*) from account_entry e where" + WITH_KEY + "and e.fingerprint in (:keys)")
						.param("keys", some.stream().map(Fingerprint::value).toList())
						.query(Long.class)
						.list())
			.stream()
			.mapToLong(Long::longValue)
			.sum();
	}

	/**
	 * How many lines that nobody tolerates stand on each node that has any, those that
	 * are not kept among them.
	 */
	Map<NodeId, Long> counts(Instant now) {
		Map<NodeId, Long> counts = new TreeMap<>((one, other) -> Long.compare(one.value(), other.value()));
		this.jdbc
			.sql("""
					select node_id, sum(lines) as lines from (
					select e.node_id, count(*) as lines from account_entry e where""" + FOREIGN + "and not " + TOLERATED
					+ """
							group by e.node_id
							union all select node_id, sum(foreign_beyond) as lines from account_state where foreign_beyond > 0
							group by node_id) all_of_them group by node_id""")
			.param("now", JdbcColumns.at(now))
			.query((ResultSet row) -> {
				counts.put(new NodeId(row.getLong("node_id")), row.getLong("lines"));
			});
		return counts;
	}

	private static ForeignLine line(ResultSet row, int number) throws SQLException {
		return new ForeignLine(new NodeId(row.getLong("node_id")), row.getString("account"),
				Fingerprint.parse(row.getString("fingerprint")), row.getString("is_line"));
	}

}
