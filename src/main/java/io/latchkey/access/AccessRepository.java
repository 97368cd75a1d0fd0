package io.latchkey.access;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.grants.GrantId;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.nodestate.JdbcColumns;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * From the grants and who was in what to who could log in where. A grant counts from when
 * it was given, or from its beginning if that was later, until it ended or was revoked:
 * it cannot be changed once it has ended.
 */
@Repository
class AccessRepository {

	private static final Instant NEVER = Instant.parse("1970-01-01T00:00:00Z");

	private static final Instant FOREVER = Instant.parse("9999-12-31T00:00:00Z");

	private final JdbcClient jdbc;

	AccessRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** In the order of identities, nodes and accounts. */
	Page<Row> list(AccessQuery query, Pageable page) {
		String ways = Stream.of(Subject.Kind.values())
			.flatMap((subject) -> Stream.of(Target.Kind.values()).map((target) -> ways(query, subject, target)))
			.collect(Collectors.joining(" union all "));
		Map<String, @Nullable Object> values = values(query);
		List<Row> rows = this.jdbc
			.sql("select identity_name, node_name, account, array_agg(id order by id) as via, max(ends) as ends from ("
					+ ways + ") w group by identity_name, node_name, account"
					+ " order by identity_name, node_name, account offset :offset rows fetch next :size rows only")
			.params(values)
			.param("offset", page.getOffset())
			.param("size", page.getPageSize())
			.query(AccessRepository::row)
			.list();
		long total = this.jdbc
			.sql("select count(*) from (select distinct identity_name, node_name, account from (" + ways + ") w) d")
			.params(values)
			.query(Long.class)
			.single();
		return new PageImpl<>(rows, page, total);
	}

	/** The ways that lead from such a subject to such a target. */
	private static String ways(AccessQuery query, Subject.Kind subject, Target.Kind target) {
		boolean byTeam = subject == Subject.Kind.TEAM;
		boolean byCluster = target == Target.Kind.CLUSTER;
		String identity = byTeam ? "t.member_name" : "g.subject_name";
		String node = byCluster ? "c.member_name" : "g.target_name";
		String starts = "greatest(g.starts_at, g.granted_at" + (byTeam ? ", coalesce(t.began_at, :never)" : "")
				+ (byCluster ? ", coalesce(c.began_at, :never)" : "") + ")";
		String ends = "least(coalesce(g.expires_at, :forever), coalesce(g.revoked_at, :forever)"
				+ (byTeam ? ", coalesce(t.ended_at, :forever)" : "")
				+ (byCluster ? ", coalesce(c.ended_at, :forever)" : "") + ")";
		return "select " + identity + " as identity_name, " + node + " as node_name, g.account, g.id, " + ends
				+ " as ends from access_grant g" + (byTeam ? span("t", subject.name(), "g.subject_id") : "")
				+ (byCluster ? span("c", target.name(), "g.target_id") : "") + " where g.subject_kind = '"
				+ subject.name() + "' and g.target_kind = '" + target.name() + "'"
				+ equal(identity, "identity", query.identity()) + equal(node, "node", query.node())
				+ equal("g.account", "account", query.account()) + " and " + starts + " <= :until and " + ends
				+ " > :since and " + starts + " < " + ends + " and not exists (select 1 from suspension_span s"
				+ " where s.identity_id = " + (byTeam ? "t.member_id" : "g.subject_id")
				+ " and coalesce(s.began_at, :never) <= :since and coalesce(s.ended_at, :forever) > :until)";
	}

	private static String span(String name, String kind, String group) {
		return " join membership_span %1$s on %1$s.kind = '%2$s' and %1$s.group_id = %3$s".formatted(name, kind, group);
	}

	private static String equal(String column, String parameter, @Nullable String value) {
		return (value != null) ? " and " + column + " = :" + parameter : "";
	}

	private static Map<String, @Nullable Object> values(AccessQuery query) {
		Map<String, @Nullable Object> values = new HashMap<>();
		values.put("identity", query.identity());
		values.put("node", query.node());
		values.put("account", query.account());
		values.put("since", JdbcColumns.at(query.since()));
		values.put("until", JdbcColumns.at(query.until()));
		values.put("never", JdbcColumns.at(NEVER));
		values.put("forever", JdbcColumns.at(FOREVER));
		return values;
	}

	private static Row row(ResultSet row, int number) throws SQLException {
		Instant ends = JdbcColumns.requiredInstant(row, "ends");
		return new Row(row.getString("identity_name"), row.getString("node_name"), row.getString("account"),
				ids(row.getArray("via")), ends.equals(FOREVER) ? null : ends);
	}

	private static List<GrantId> ids(Array array) throws SQLException {
		return Arrays.stream((Object[]) array.getArray())
			.distinct()
			.map((id) -> new GrantId(((Number) id).longValue()))
			.toList();
	}

	/**
	 * Who could log in where, and by which grants.
	 *
	 * @param ends when the last way ended; null where one has no end
	 */
	record Row(String identity, String node, String account, List<GrantId> via, @Nullable Instant ends) {

	}

}
