package io.latchkey.registration;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What nodes said of themselves. */
@Repository
class RegistrationRepository {

	private static final int MOST_LISTED = 500;

	private final JdbcClient jdbc;

	RegistrationRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Returns it with its id. */
	Registration insert(Registration registration) {
		GeneratedKeyHolder keys = new GeneratedKeyHolder();
		this.jdbc.sql("""
				insert into registration (token_id, name, address, port, host_keys, proved, came_from,
				registered_at, state, decided_at, decided_by, node_id)
				values (:token, :name, :address, :port, :keys, :proved, :from, :at, :state, :decidedAt,
				:decidedBy, :node)""")
			.param("token", registration.tokenId())
			.param("name", registration.said().name())
			.param("address", registration.said().address())
			.param("port", registration.said().port())
			.param("keys",
					registration.said()
						.hostKeys()
						.stream()
						.map((key) -> key.key().render())
						.collect(Collectors.joining("\n")))
			.param("proved", registration.said().proved())
			.param("from", registration.said().cameFrom())
			.param("at", at(registration.registeredAt()))
			.param("state", registration.state().name())
			.param("decidedAt", at(registration.decidedAt()))
			.param("decidedBy", registration.decidedBy())
			.param("node", (registration.node() != null) ? registration.node().value() : null)
			.update(keys, "id");
		long id = Objects.requireNonNull(keys.getKey()).longValue();
		registration.said()
			.hostKeys()
			.stream()
			.map((key) -> key.key().fingerprint().value())
			.distinct()
			.forEach((fingerprint) -> this.jdbc
				.sql("insert into registration_host_key (registration_id, fingerprint) values (?, ?)")
				.params(id, fingerprint)
				.update());
		return find(id).orElseThrow();
	}

	Optional<Registration> find(long id) {
		return this.jdbc.sql("select * from registration where id = ?")
			.param(id)
			.query(RegistrationRepository::registration)
			.optional();
	}

	@Transactional(propagation = Propagation.MANDATORY)
	public Optional<Registration> lock(long id) {
		return this.jdbc.sql("select * from registration where id = ? for update")
			.param(id)
			.query(RegistrationRepository::registration)
			.optional();
	}

	/** The newest first. */
	List<Registration> findLatest(Registration.State state) {
		return this.jdbc.sql("select * from registration where state = :state order by id desc limit :most")
			.param("state", state.name())
			.param("most", MOST_LISTED)
			.query(RegistrationRepository::registration)
			.list();
	}

	int count(Registration.State state) {
		return this.jdbc.sql("select count(*) from registration where state = ?")
			.param(state.name())
			.query(Integer.class)
			.single();
	}

	/** Those in that state that one of the keys, or the name, is of. */
	List<Registration> findAlike(Registration.State state, Collection<HostKey> keys, String name) {
		return this.jdbc.sql("""
				select * from registration r where r.state = :state and (r.name = :name or exists (
				select 1 from registration_host_key k where k.registration_id = r.id
				and k.fingerprint in (:fingerprints))) order by r.id""")
			.param("state", state.name())
			.param("name", name)
			.param("fingerprints", keys.stream().map((key) -> key.key().fingerprint().value()).toList())
			.query(RegistrationRepository::registration)
			.list();
	}

	boolean existsFrom(String cameFrom, String tokenId) {
		return this.jdbc.sql("select count(*) from registration where token_id = ? and came_from = ?")
			.params(tokenId, cameFrom)
			.query(Integer.class)
			.single() > 0;
	}

	/** When the node was accepted that came of a registration. */
	Optional<Instant> acceptedAt(NodeId node) {
		return this.jdbc.sql("select max(decided_at) from registration where node_id = ?")
			.param(node.value())
			.query(OffsetDateTime.class)
			.optional()
			.map(OffsetDateTime::toInstant);
	}

	void decide(Registration decided) {
		this.jdbc.sql("""
				update registration set state = :state, decided_at = :at, decided_by = :by, node_id = :node
				where id = :id""")
			.param("state", decided.state().name())
			.param("at", at(decided.decidedAt()))
			.param("by", decided.decidedBy())
			.param("node", (decided.node() != null) ? decided.node().value() : null)
			.param("id", decided.id())
			.update();
	}

	private static Registration registration(ResultSet row, int number) throws SQLException {
		long node = row.getLong("node_id");
		NodeId nodeId = row.wasNull() ? null : new NodeId(node);
		OffsetDateTime decidedAt = row.getObject("decided_at", OffsetDateTime.class);
		return new Registration(row.getLong("id"), row.getString("token_id"),
				new Registration.Said(row.getString("name"), row.getString("address"), row.getInt("port"),
						row.getString("host_keys").lines().map(RegistrationRepository::hostKey).toList(),
						row.getBoolean("proved"), row.getString("came_from")),
				row.getObject("registered_at", OffsetDateTime.class).toInstant(),
				Registration.State.valueOf(row.getString("state")), (decidedAt != null) ? decidedAt.toInstant() : null,
				row.getString("decided_by"), nodeId);
	}

	private static HostKey hostKey(String line) {
		try {
			return new HostKey(PublicKey.parse(line));
		}
		catch (InvalidKeyException ex) {
			throw new IllegalStateException("A stored host key is damaged", ex);
		}
	}

	private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
		return (instant != null) ? instant.atOffset(ZoneOffset.UTC) : null;
	}

}
