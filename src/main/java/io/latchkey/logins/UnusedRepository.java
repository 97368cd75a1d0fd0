package io.latchkey.logins;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.latchkey.core.Chunk;
import io.latchkey.grants.GrantId;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.JdbcColumns;
import io.latchkey.openssh.Fingerprint;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The grants and keys of which no log tells that they let anybody in. */
@Repository
class UnusedRepository {

	private static final String GRANTS = """
			 from access_grant g where g.revoked_at is null and (g.expires_at is null or g.expires_at > :now)
			and g.starts_at <= :since
			and not exists (select 1 from login l where l.grant_id = g.id and l.at >= :since)
			and not exists (select 1 from key_use u where u.grant_id = g.id and u.at >= :since)""";

	private static final String KEYS = """
			 from identity_key k join identity i on i.id = k.identity_id where k.added_at <= :since
			and (k.expires_at is null or k.expires_at > :now)
			and not exists (select 1 from key_use u where u.fingerprint = k.fingerprint and u.at >= :since)""";

	private static final String PAGE = " offset :offset rows fetch next :size rows only";

	private final JdbcClient jdbc;

	UnusedRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Active all that time, the oldest first. */
	Page<GrantId> grants(Instant since, Instant now, Pageable page) {
		List<GrantId> ids = paged("select g.id" + GRANTS + " order by g.id", since, now, page).query(Long.class)
			.list()
			.stream()
			.map((id) -> new GrantId(Objects.requireNonNull(id)))
			.toList();
		return new PageImpl<>(ids, page, count(GRANTS, since, now));
	}

	/** Of identities, there all that time, by whose they are. */
	Page<Held> keys(Instant since, Instant now, Pageable page) {
		List<Held> keys = paged("select i.name, k.fingerprint, k.comment, k.added_at" + KEYS + " order by i.name, k.id",
				since, now, page)
			.query((row, number) -> held(row))
			.list()
			.stream()
			.flatMap(Optional::stream)
			.toList();
		return new PageImpl<>(keys, page, count(KEYS, since, now));
	}

	private static Optional<Held> held(ResultSet row) throws SQLException {
		Optional<Fingerprint> key = JdbcColumns.fingerprint(row);
		return key.isEmpty() ? Optional.empty() : Optional.of(new Held(row.getString("name"), key.get(),
				row.getString("comment"), JdbcColumns.requiredInstant(row, "added_at")));
	}

	/** Where Latchkey's lines for them stand, by account. */
	Map<Fingerprint, Map<NodeId, Set<String>>> placesOf(Collection<Fingerprint> keys) {
		Map<Fingerprint, Map<NodeId, Set<String>>> places = new HashMap<>();
		Chunk.each(keys.stream().map(Fingerprint::value).toList(),
				(some) -> this.jdbc
					.sql("select distinct fingerprint, node_id, account from placed_line where fingerprint in (:keys)")
					.param("keys", some)
					.query((ResultSet row) -> {
						places
							.computeIfAbsent(Fingerprint.parse(row.getString("fingerprint")), (key) -> new HashMap<>())
							.computeIfAbsent(new NodeId(row.getLong("node_id")), (node) -> new HashSet<>())
							.add(row.getString("account"));
					}));
		return places;
	}

	private long count(String which, Instant since, Instant now) {
		return this.jdbc.sql("select count(*)" + which)
			.param("since", JdbcColumns.at(since))
			.param("now", JdbcColumns.at(now))
			.query(Long.class)
			.single();
	}

	private JdbcClient.StatementSpec paged(String select, Instant since, Instant now, Pageable page) {
		return this.jdbc.sql(select + PAGE)
			.param("since", JdbcColumns.at(since))
			.param("now", JdbcColumns.at(now))
			.param("offset", page.getOffset())
			.param("size", page.getPageSize());
	}

	/**
	 * A key and whose it is.
	 */
	record Held(String identity, Fingerprint key, String comment, Instant addedAt) {

	}

}
