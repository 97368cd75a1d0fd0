package io.latchkey.logins;

import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;

import io.latchkey.Tables;
import io.latchkey.TestDatabase;
import io.latchkey.UnscheduledTest;
import io.latchkey.core.StatementBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The list of logins by its filters.
 */
@UnscheduledTest
class LoginSearchDataTests {

	private static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");

	@Autowired
	private LoginRepository repository;

	@Autowired
	private NamedParameterJdbcOperations jdbc;

	@Autowired
	private JdbcClient client;

	@Autowired
	private Tables tables;

	@BeforeEach
	void fill() {
		StatementBatch batch = new StatementBatch();
		IntStream.range(0, 60).forEach((i) -> this.repository.insert(batch, login(i), false));
		batch.send(this.jdbc);
	}

	@AfterEach
	void clear() {
		this.tables.clear();
	}

	private static Login login(int i) {
		Instant at = NOON.minusSeconds(i);
		boolean refused = i % 5 == 0;
		return new Login(0, at, at, 1, "node" + i % 2, "account" + i % 3,
				refused ? Login.Outcome.REFUSED : Login.Outcome.ACCEPTED,
				LoginQuery.Method.PASSWORD.names().get(i % LoginQuery.Method.PASSWORD.names().size()),
				"192.0.2." + i % 2, "key" + i % 2, refused ? null : Standing.GRANTED, "person" + i % 2, i % 2 + 1L,
				true, i % 2 == 0);
	}

	private static Map<LoginQuery, Integer> queries() {
		return Map.ofEntries(Map.entry(LoginQuery.ALL, 60),
				Map.entry(new LoginQuery("person1", null, null, null, null, null, null, null, null, null), 30),
				Map.entry(new LoginQuery(null, "node1", null, null, null, null, null, null, null, null), 30),
				Map.entry(new LoginQuery(null, null, "account1", null, null, null, null, null, null, null), 20),
				Map.entry(new LoginQuery(null, null, null, "192.0.2.1", null, null, null, null, null, null), 30),
				Map.entry(new LoginQuery(null, null, null, null, "key1", null, null, null, null, null), 30),
				Map.entry(new LoginQuery(null, null, null, null, null, 2L, null, null, null, null), 30),
				Map.entry(new LoginQuery(null, null, null, null, null, null, Login.Outcome.REFUSED, null, null, null),
						12),
				Map.entry(new LoginQuery(null, null, null, null, null, null, null, Standing.GRANTED, null, null), 48),
				Map.entry(new LoginQuery(null, null, null, null, null, null, null, null, NOON.minusSeconds(9), NOON),
						9),
				Map.entry(new LoginQuery(null, null, null, null, null, null, null, null, null, null,
						LoginQuery.Method.PASSWORD, false), 60),
				Map.entry(new LoginQuery(null, "node1", null, null, null, null, null, null, null, null,
						LoginQuery.Method.PASSWORD, false), 30),
				Map.entry(new LoginQuery(null, null, null, null, null, null, null, null, null, null, null, true), 30),
				Map.entry(new LoginQuery(null, "node1", "account1", null, null, null, Login.Outcome.REFUSED, null,
						NOON.minusSeconds(59), null), 2));
	}

	@Test
	void findsTheNewestByEachFilter() {
		queries().forEach((query, many) -> {
			assertThat(this.repository.list(query, PageRequest.of(0, 100)).getContent()).as("%s", query)
				.hasSize(many)
				.isSortedAccordingTo((one, other) -> other.at().compareTo(one.at()));
			assertThat(this.repository.list(query, PageRequest.of(0, 1)).getTotalElements()).as("%s", query)
				.isEqualTo(many.longValue());
		});
	}

	@Test
	void tellsOnePageAfterTheOther() {
		LoginQuery query = new LoginQuery(null, null, null, null, null, null, null, null, null, null,
				LoginQuery.Method.PASSWORD, false);
		assertThat(this.repository.list(query, PageRequest.of(2, 7)).getContent()).extracting(Login::at)
			.containsExactlyElementsOf(IntStream.range(14, 21).mapToObj(NOON::minusSeconds).toList());
	}

	/** H2 sorts all that match unless an index has just this order. */
	@Test
	void readsNoMoreThanAPage() {
		if (TestDatabase.isPostgres()) {
			return;
		}
		queries().keySet().forEach((query) -> {
			LoginSearch search = new LoginSearch(query);
			assertThat(plan(search, search.rows())).as("%s", query).contains("/* index sorted */");
		});
	}

	private String plan(LoginSearch search, String statement) {
		return this.client.sql("explain " + statement)
			.params(search.values())
			.param("offset", 0)
			.param("size", 50)
			.param("end", 50)
			.query(String.class)
			.single();
	}

}
