package io.latchkey.security;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class UserRepository {

	private final JdbcClient jdbc;

	UserRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	boolean isEmpty() {
		return this.jdbc.sql("select count(*) from users").query(Long.class).single() == 0;
	}

	void insert(Stored user, Instant createdAt) {
		this.jdbc.sql("insert into users (username, password_hash, role, created_at) values (?, ?, ?, ?)")
			.params(user.username(), user.passwordHash(), user.role().name(), createdAt.atOffset(ZoneOffset.UTC))
			.update();
	}

	Optional<Stored> findByUsername(String username) {
		return this.jdbc.sql("select username, password_hash, role from users where username = ?")
			.param(username)
			.query((row, number) -> new Stored(row.getString("username"), row.getString("password_hash"),
					Role.valueOf(row.getString("role"))))
			.optional();
	}

	record Stored(String username, String passwordHash, Role role) {

		@Override
		public String toString() {
			return "User[" + this.username + "]";
		}

	}

}
