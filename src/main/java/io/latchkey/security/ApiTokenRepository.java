package io.latchkey.security;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import io.latchkey.users.Role;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ApiTokenRepository {

	private static final String SELECT = "select id, name, role, secret_hash, created_at, expires_at, last_used_at, last_used_from "
			+ "from api_token ";

	private final JdbcClient jdbc;

	ApiTokenRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void insert(ApiToken token, String secretHash) {
		this.jdbc.sql("""
				insert into api_token (id, name, role, secret_hash, created_at, expires_at)
				values (:id, :name, :role, :secretHash, :createdAt, :expiresAt)""")
			.param("id", token.id())
			.param("name", token.name())
			.param("role", token.role().name())
			.param("secretHash", secretHash)
			.param("createdAt", at(token.createdAt()))
			.param("expiresAt", at(token.expiresAt()))
			.update();
	}

	List<ApiToken> findAll() {
		return this.jdbc.sql(SELECT + "order by name").query((row, number) -> stored(row).token()).list();
	}

	Optional<Stored> findById(String id) {
		return this.jdbc.sql(SELECT + "where id = ?").param(id).query((row, number) -> stored(row)).optional();
	}

	Optional<Stored> findBySecretHash(String secretHash) {
		return this.jdbc.sql(SELECT + "where secret_hash = ?")
			.param(secretHash)
			.query((row, number) -> stored(row))
			.optional();
	}

	boolean existsByName(String name) {
		return this.jdbc.sql("select count(*) from api_token where name = ?")
			.param(name)
			.query(Long.class)
			.single() > 0;
	}

	/** Unless it was marked after the instant {@code before}, by another call. */
	void markUsed(String id, Instant at, Instant before, String from) {
		this.jdbc.sql("""
				update api_token set last_used_at = :at, last_used_from = :from
				where id = :id and (last_used_at is null or last_used_at <= :before)""")
			.param("at", at(at))
			.param("from", from)
			.param("id", id)
			.param("before", at(before))
			.update();
	}

	boolean delete(String id) {
		return this.jdbc.sql("delete from api_token where id = ?").param(id).update() > 0;
	}

	private static Stored stored(ResultSet row) throws SQLException {
		return new Stored(new ApiToken(row.getString("id"), row.getString("name"), Role.valueOf(row.getString("role")),
				row.getObject("created_at", OffsetDateTime.class).toInstant(), instant(row, "expires_at"),
				instant(row, "last_used_at"), row.getString("last_used_from")), row.getString("secret_hash"));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
		return (value != null) ? value.toInstant() : null;
	}

	private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
		return (instant != null) ? instant.atOffset(ZoneOffset.UTC) : null;
	}

	record Stored(ApiToken token, String secretHash) {

	}

}
