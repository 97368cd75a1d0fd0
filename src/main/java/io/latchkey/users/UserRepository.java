package io.latchkey.users;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
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

	boolean changePasswordHash(String username, String hash) {
		return this.jdbc.sql("update users set password_hash = ? where username = ?")
			.params(hash, username)
			.update() > 0;
	}

	/** The first in alphabetical order. */
	List<String> firstNames(int most) {
		return this.jdbc.sql("select username from users order by username fetch next ? rows only")
			.param(most)
			.query(String.class)
			.list();
	}

	record Stored(String username, String passwordHash, Role role) {

		@Override
		public String toString() {
			return "User[" + this.username + "]";
		}

	}

}
