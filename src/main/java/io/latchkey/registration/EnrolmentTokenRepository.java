package io.latchkey.registration;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.latchkey.core.Chunk;
import io.latchkey.inventory.ClusterId;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Privilege;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The enrolment tokens, and the clusters that their nodes come into. */
@Repository
class EnrolmentTokenRepository {

	private static final int MOST_LISTED = 500;

	private final JdbcClient jdbc;

	EnrolmentTokenRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void insert(EnrolmentToken token, String secretHash, Collection<ClusterId> clusters) {
		this.jdbc.sql("""
				insert into enrolment_token (id, purpose, secret_hash, management_account, privilege, mode, labels,
				approval, uses, used, made_at, made_by, expires_at)
				values (:id, :purpose, :secretHash, :account, :privilege, :mode, :labels, :approval, :uses, 0, :madeAt,
				:madeBy, :expiresAt)""")
			.param("id", token.id())
			.param("purpose", token.purpose())
			.param("secretHash", secretHash)
			.param("account", token.joining().managementAccount())
			.param("privilege", token.joining().privilege().name())
			.param("mode", token.joining().mode().name())
			.param("labels", text(token.joining().labels()))
			.param("approval", token.joining().approval())
			.param("uses", token.uses())
			.param("madeAt", at(token.madeAt()))
			.param("madeBy", token.madeBy())
			.param("expiresAt", at(token.expiresAt()))
			.update();
		clusters.forEach(
				(cluster) -> this.jdbc.sql("insert into enrolment_token_cluster (token_id, cluster_id) values (?, ?)")
					.params(token.id(), cluster.value())
					.update());
	}

	/** The newest first. */
	List<EnrolmentToken> findLatest() {
		return withClusters(this.jdbc.sql("select * from enrolment_token order by made_at desc, id limit :most")
			.param("most", MOST_LISTED)
			.query(EnrolmentTokenRepository::token)
			.list());
	}

	Optional<EnrolmentToken> find(String id) {
		return withClusters(this.jdbc.sql("select * from enrolment_token where id = ?")
			.param(id)
			.query(EnrolmentTokenRepository::token)
			.list()).stream().findFirst();
	}

	Optional<EnrolmentToken> find(EnrolmentTokenText text) {
		return withClusters(this.jdbc.sql("select * from enrolment_token where secret_hash = ?")
			.param(text.hash())
			.query(EnrolmentTokenRepository::token)
			.list()).stream().findFirst();
	}

	/** Those that register with it take turns until the transaction ends. */
	@Transactional(propagation = Propagation.MANDATORY)
	public Optional<EnrolmentToken> lock(EnrolmentTokenText text) {
		return this.jdbc.sql("select id from enrolment_token where secret_hash = ? for update")
			.param(text.hash())
			.query(String.class)
			.optional()
			.flatMap(this::find);
	}

	void use(String id) {
		this.jdbc.sql("update enrolment_token set used = used + 1 where id = ?").param(id).update();
	}

	/** Whether it had not ended. */
	boolean end(String id, Instant at) {
		return this.jdbc.sql("update enrolment_token set ended_at = ? where id = ? and ended_at is null")
			.params(at(at), id)
			.update() > 0;
	}

	private List<EnrolmentToken> withClusters(List<EnrolmentToken> tokens) {
		Map<String, List<String>> clusters = new HashMap<>();
		Chunk.each(tokens,
				(some) -> this.jdbc.sql("""
						select t.token_id, c.name from enrolment_token_cluster t join cluster c on c.id = t.cluster_id
						where t.token_id in (:tokens) order by c.name""")
					.param("tokens", some.stream().map(EnrolmentToken::id).toList())
					.query((ResultSet row) -> {
						clusters.computeIfAbsent(row.getString(1), (id) -> new ArrayList<>()).add(row.getString(2));
					}));
		return tokens.stream().map((token) -> token.in(clusters.getOrDefault(token.id(), List.of()))).toList();
	}

	private static EnrolmentToken token(ResultSet row, int number) throws SQLException {
		return new EnrolmentToken(row.getString("id"), row.getString("purpose"),
				new EnrolmentToken.Joining(row.getString("management_account"),
						Privilege.valueOf(row.getString("privilege")), Mode.valueOf(row.getString("mode")), List.of(),
						labels(row.getString("labels")), row.getBoolean("approval")),
				row.getInt("uses"), row.getInt("used"), row.getObject("made_at", OffsetDateTime.class).toInstant(),
				row.getString("made_by"), row.getObject("expires_at", OffsetDateTime.class).toInstant(),
				instant(row.getObject("ended_at", OffsetDateTime.class)));
	}

	/** A line each; neither a label nor its value has an equals sign. */
	private static String text(Map<String, String> labels) {
		return new TreeMap<>(labels).entrySet()
			.stream()
			.map((label) -> label.getKey() + "=" + label.getValue())
			.collect(Collectors.joining("\n"));
	}

	private static Map<String, String> labels(String text) {
		Map<String, String> labels = new LinkedHashMap<>();
		text.lines().forEach((line) -> {
			int equals = line.indexOf('=');
			labels.put(line.substring(0, equals), line.substring(equals + 1));
		});
		return labels;
	}

	private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
		return (at != null) ? at.toInstant() : null;
	}

	private static OffsetDateTime at(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

}
