package io.latchkey.logins;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.latchkey.core.Chunk;
import io.latchkey.core.StatementBatch;
import io.latchkey.nodestate.JdbcColumns;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The logins that are kept. */
@Repository
class LoginRepository {

	/** More are not counted: there may be millions. */
	static final int MOST_COUNTED = 10_000;

	/** So many go by one statement, which holds up nobody. */
	private static final int DELETED_AT_ONCE = 10_000;

	private static final String INSERT = """
			insert into login (at, since, times, logged_on, counted, node, account, outcome, method, address, fingerprint,
			standing, identity, grant_id, proved, fresh) values (:at, :since, :times, :day, :counted, :node, :account, :outcome, :method,
			:address, :fingerprint, :standing, :identity, :grant, :proved, :fresh)""";

	private final JdbcClient jdbc;

	LoginRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Newest first. Of very many the count is the most that are counted. */
	Page<Login> list(LoginQuery query, Pageable page) {
		Map<String, Object> values = new HashMap<>();
		String which = where(query, values);
		List<Login> logins = this.jdbc
			.sql("select * from login " + which
					+ " order by at desc, id desc offset :offset rows fetch next :size rows only")
			.params(values)
			.param("offset", page.getOffset())
			.param("size", page.getPageSize())
			.query(LoginRepository::row)
			.list();
		long total = this.jdbc
			.sql("select count(*) from (select 1 from login " + which + " fetch first " + MOST_COUNTED
					+ " rows only) counted")
			.params(values)
			.query(Long.class)
			.single();
		return new PageImpl<>(logins, page, total);
	}

	private static String where(LoginQuery query, Map<String, Object> values) {
		List<String> conditions = new ArrayList<>();
		add(conditions, values, "identity = :identity", "identity", query.identity());
		add(conditions, values, "node = :node", "node", query.node());
		add(conditions, values, "account = :account", "account", query.account());
		add(conditions, values, "address = :address", "address", query.address());
		add(conditions, values, "fingerprint = :fingerprint", "fingerprint", query.fingerprint());
		add(conditions, values, "grant_id = :grant", "grant", query.grant());
		if (query.method() != null) {
			conditions.add("method in ('" + String.join("', '", query.method().names()) + "')");
		}
		if (query.fresh()) {
			conditions.add("fresh");
		}
		add(conditions, values, "outcome = :outcome", "outcome", name(query.outcome()));
		add(conditions, values, "standing = :standing", "standing", name(query.standing()));
		add(conditions, values, "at >= :since", "since", JdbcColumns.at(query.since()));
		add(conditions, values, "at < :until", "until", JdbcColumns.at(query.until()));
		return conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
	}

	private static void add(List<String> conditions, Map<String, Object> values, String condition, String name,
			@Nullable Object value) {
		if (value != null) {
			conditions.add(condition);
			values.put(name, value);
		}
	}

	private static @Nullable String name(@Nullable Enum<?> value) {
		return (value != null) ? value.name() : null;
	}

	/** The first ones from where nobody of theirs came before, newest first. */
	List<Login> fresh(Instant since, int most) {
		return this.jdbc
			.sql("select * from login where fresh and at >= :since order by at desc fetch first " + most + " rows only")
			.param("since", JdbcColumns.at(since))
			.query(LoginRepository::row)
			.list();
	}

	/**
	 * Of those who came in, but for Latchkey itself, by name; empty for those of nobody.
	 */
	List<DayCount> perDay(LoginChart.By by, @Nullable String node, @Nullable String identity, LocalDate since) {
		Map<String, Object> values = new HashMap<>(Map.of("since", since));
		List<String> conditions = new ArrayList<>();
		add(conditions, values, " and node = :node", "node", node);
		add(conditions, values, " and identity = :identity", "identity", identity);
		String name = (by == LoginChart.By.NODE) ? "node" : "identity";
		return this.jdbc
			.sql("select logged_on, " + name + " as name, sum(times) as times from login where logged_on >= :since"
					+ " and outcome = 'ACCEPTED' and standing <> 'LATCHKEY'" + String.join("", conditions)
					+ " group by logged_on, " + name)
			.params(values)
			.query((row, number) -> new DayCount(row.getObject("logged_on", LocalDate.class),
					Objects.requireNonNullElse(row.getString("name"), ""), row.getLong("times")))
			.list();
	}

	/**
	 * How many came on a day.
	 */
	record DayCount(LocalDate day, String name, long times) {

	}

	/** What is counted of these nodes since that day, each node and day by itself. */
	List<Login> tallies(Collection<String> nodes, LocalDate since) {
		return Chunk.collect(nodes,
				(some) -> this.jdbc
					.sql("select * from login where logged_on >= :since and node in (:nodes) and counted")
					.param("since", since)
					.param("nodes", some)
					.query(LoginRepository::row)
					.list());
	}

	/** How many of these nodes stand one by one since then, by node and day. */
	Map<String, Map<LocalDate, Integer>> singles(Collection<String> nodes, LocalDate since) {
		Map<String, Map<LocalDate, Integer>> counts = new HashMap<>();
		Chunk.each(nodes,
				(some) -> this.jdbc.sql("""
								select node, logged_on, count(*) as stored from login
						where logged_on >= :since and node in (:nodes) and not counted group by node, logged_on""")
					.param("nodes", some)
					.param("since", since)
					.query((ResultSet row) -> {
						counts.computeIfAbsent(row.getString("node"), (node) -> new HashMap<>())
							.put(row.getObject("logged_on", LocalDate.class), row.getInt("stored"));
					}));
		return counts;
	}

	void insert(StatementBatch batch, Login login, boolean tally) {
		batch.add(INSERT,
				new MapSqlParameterSource("at", JdbcColumns.at(login.at()))
					.addValue("since", JdbcColumns.at(login.since()))
					.addValue("times", login.times())
					.addValue("day", day(login.at()))
					.addValue("counted", tally)
					.addValue("node", login.node())
					.addValue("account", (login.account() != null) ? login.account() : "")
					.addValue("outcome", login.outcome().name())
					.addValue("method", login.method())
					.addValue("address", login.address())
					.addValue("fingerprint", login.fingerprint())
					.addValue("standing", name(login.standing()))
					.addValue("identity", login.identity())
					.addValue("grant", login.grant())
					.addValue("proved", login.proved())
					.addValue("fresh", login.fresh()));
	}

	void count(StatementBatch batch, Login tally) {
		batch.add("update login set at = :at, since = :since, times = :times where id = :id",
				new MapSqlParameterSource("at", JdbcColumns.at(tally.at()))
					.addValue("since", JdbcColumns.at(tally.since()))
					.addValue("times", tally.times())
					.addValue("id", tally.id()));
	}

	/** Returns whether there may be more. */
	boolean deleteBefore(Instant instant) {
		return this.jdbc
			.sql("delete from login where id in (select id from login where at < :before order by at fetch first "
					+ DELETED_AT_ONCE + " rows only)")
			.param("before", JdbcColumns.at(instant))
			.update() == DELETED_AT_ONCE;
	}

	static LocalDate day(Instant at) {
		return LocalDate.ofInstant(at, ZoneOffset.UTC);
	}

	private static Login row(ResultSet row, int number) throws SQLException {
		String account = row.getString("account");
		boolean isLetIn = row.getString("standing") != null;
		long grant = row.getLong("grant_id");
		return new Login(row.getLong("id"), JdbcColumns.requiredInstant(row, "at"),
				JdbcColumns.requiredInstant(row, "since"), row.getInt("times"), row.getString("node"),
				account.isEmpty() ? null : account, Login.Outcome.valueOf(row.getString("outcome")),
				row.getString("method"), row.getString("address"), row.getString("fingerprint"),
				isLetIn ? JdbcColumns.constant(row, "standing", Standing.NO_KEY) : null, row.getString("identity"),
				(grant != 0) ? Long.valueOf(grant) : null, row.getBoolean("proved"), row.getBoolean("fresh"));
	}

}
