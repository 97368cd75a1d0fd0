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
import org.springframework.data.domain.Pageable;
import org.springframework.data.support.PageableExecutionUtils;
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

	/**
	 * Node by node: of a list of nodes and days at once H2 reads all days of all nodes.
	 */
	private static final String OF_NODES = "node join login on login.node = node.name and login.logged_on >= :since";

	private static final String INSERT = """
			insert into login (at, since, times, logged_on, counted, node, account, outcome, method, address, fingerprint,
			standing, identity, grant_id, proved, fresh) values (:at, :since, :times, :day, :counted, :node, :account, :outcome, :method,
			:address, :fingerprint, :standing, :identity, :grant, :proved, :fresh)""";

	private final JdbcClient jdbc;

	LoginRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Newest first. Of very many the count is the most that are counted, and none behind
	 * those are told.
	 */
	Page<Login> list(LoginQuery query, Pageable page) {
		LoginSearch search = new LoginSearch(query);
		List<Login> logins = (page.getOffset() < MOST_COUNTED) ? rows(search, page) : List.of();
		return PageableExecutionUtils.getPage(logins, page, () -> count(search));
	}

	private List<Login> rows(LoginSearch search, Pageable page) {
		return this.jdbc.sql(search.rows())
			.params(search.values())
			.param("offset", page.getOffset())
			.param("size", page.getPageSize())
			.param("end", page.getOffset() + page.getPageSize())
			.query(LoginRepository::row)
			.list();
	}

	private long count(LoginSearch search) {
		long found = this.jdbc.sql(search.count(MOST_COUNTED)).params(search.values()).query(Long.class).single();
		return Math.min(found, MOST_COUNTED);
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
			.sql("select * from login where fresh = true and at >= :since order by fresh, at desc, id desc fetch first "
					+ most + " rows only")
			.param("since", JdbcColumns.at(since))
			.query(LoginRepository::row)
			.list();
	}

	/**
	 * Of those who came in, but for Latchkey itself, by name; empty for those of nobody.
	 */
	List<DayCount> perDay(LoginChart.By by, @Nullable String node, @Nullable String identity, LocalDate since) {
		Map<String, Object> values = new HashMap<>(Map.of("since", since.atStartOfDay().atOffset(ZoneOffset.UTC)));
		List<String> conditions = new ArrayList<>();
		add(conditions, values, " and node = :node", "node", node);
		add(conditions, values, " and identity = :identity", "identity", identity);
		String name = (by == LoginChart.By.NODE) ? "node" : "identity";
		return this.jdbc
			.sql("select logged_on, " + name + " as name, sum(times) as times from login where at >= :since"
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
					.sql("select login.* from " + OF_NODES + " and login.counted where node.name in (:nodes)")
					.param("since", since)
					.param("nodes", some)
					.query(LoginRepository::row)
					.list());
	}

	/** How many of these nodes stand one by one since then, by node and day. */
	Map<String, Map<LocalDate, Integer>> singles(Collection<String> nodes, LocalDate since) {
		Map<String, Map<LocalDate, Integer>> counts = new HashMap<>();
		Chunk
			.each(nodes,
					(some) -> this.jdbc.sql("select login.node, login.logged_on, count(*) as stored from " + OF_NODES
							+ " and not login.counted where node.name in (:nodes) group by login.node, login.logged_on")
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
			.sql("delete from login where id in (select id from login where at < :before fetch first " + DELETED_AT_ONCE
					+ " rows only)")
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
