package io.latchkey.users;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class UserRepository {

	private static final String SELECT = """
			select u.id, u.username, u.password_hash, u.role, u.created_at, u.display_name, u.email, u.disabled,
				u.generation, u.invitation_ends_at, u.last_signed_in_at, i.name as identity_name
			from users u left join identity i on i.id = u.identity_id
			""";

	private final JdbcClient jdbc;

	UserRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	boolean isEmpty() {
		return this.jdbc.sql("select count(*) from users").query(Long.class).single() == 0;
	}

	/** One without a password signs in by none. */
	void insert(UserDraft user, @Nullable String passwordHash, Instant createdAt) {
		this.jdbc.sql("""
				insert into users (username, password_hash, role, created_at, display_name, email, identity_id)
				values (?, ?, ?, ?, ?, ?, (select id from identity where name = ?))""")
			.param(user.username())
			.param(passwordHash)
			.param(user.role().name())
			.param(utc(createdAt))
			.param(user.displayName())
			.param(user.email())
			.param(user.identity())
			.update();
	}

	List<Stored> findTiedTo(long identity) {
		return this.jdbc.sql(SELECT + "where u.identity_id = ? order by u.id")
			.param(identity)
			.query(UserRepository::read)
			.list();
	}

	void untie(String username) {
		this.jdbc.sql("update users set identity_id = null, generation = generation + 1 where username = ?")
			.param(username)
			.update();
	}

	/** Raises the generation, as each change does. */
	void update(UserDraft user) {
		this.jdbc.sql("""
				update users set role = ?, display_name = ?, email = ?,
				identity_id = (select id from identity where name = ?), generation = generation + 1
				where username = ?""")
			.param(user.role().name())
			.param(user.displayName())
			.param(user.email())
			.param(user.identity())
			.param(user.username())
			.update();
	}

	boolean hasIdentity(String name) {
		return this.jdbc.sql("select count(*) from identity where name = ?").param(name).query(Long.class).single() > 0;
	}

	Optional<Stored> findByUsername(String username) {
		return this.jdbc.sql(SELECT + "where u.username = ?").param(username).query(UserRepository::read).optional();
	}

	/** Whoever changes the user waits until this transaction ends. */
	Optional<Stored> lock(String username) {
		List<Long> ids = this.jdbc.sql("select id from users where username = ? for update")
			.param(username)
			.query(Long.class)
			.list();
		return ids.isEmpty() ? Optional.empty() : findByUsername(username);
	}

	/**
	 * All who ever were admins are locked, in the same order by everybody, so that two
	 * don't take each other away at once.
	 */
	void lockAdmins() {
		this.jdbc.sql("select id from users where role = 'ADMIN' order by id for update").query(Long.class).list();
	}

	long countEnabledAdmins() {
		return this.jdbc.sql("""
				select count(*) from users where role = 'ADMIN' and disabled = false and password_hash is not null""")
			.query(Long.class)
			.single();
	}

	List<Stored> findAll() {
		return this.jdbc.sql(SELECT + "order by u.username").query(UserRepository::read).list();
	}

	boolean changePasswordHash(String username, String hash) {
		return this.jdbc.sql("""
				update users set password_hash = ?, generation = generation + 1, invitation_hash = null,
				invitation_ends_at = null where username = ?""").params(hash, username).update() > 0;
	}

	/** The same password, hashed in another way. */
	void rehash(String username, String before, String hash) {
		this.jdbc.sql("update users set password_hash = ? where username = ? and password_hash = ?")
			.params(hash, username, before)
			.update();
	}

	void invite(String username, String invitationHash, Instant endsAt) {
		this.jdbc.sql("update users set invitation_hash = ?, invitation_ends_at = ? where username = ?")
			.params(invitationHash, utc(endsAt), username)
			.update();
	}

	boolean withdrawInvitation(String username) {
		return this.jdbc.sql("""
				update users set invitation_hash = null, invitation_ends_at = null
				where username = ? and invitation_hash is not null""").param(username).update() > 0;
	}

	Optional<Stored> findInvited(String invitationHash, Instant now) {
		return this.jdbc.sql(SELECT + """
				where u.invitation_hash = ? and u.invitation_ends_at > ? and u.disabled = false""")
			.params(invitationHash, utc(now))
			.query(UserRepository::read)
			.optional();
	}

	/** Whether it still counted; of several who accept it at once, one does. */
	boolean acceptInvitation(String invitationHash, String passwordHash, Instant now) {
		return this.jdbc.sql("""
				update users set password_hash = ?, generation = generation + 1, invitation_hash = null,
				invitation_ends_at = null
				where invitation_hash = ? and invitation_ends_at > ? and disabled = false""")
			.params(passwordHash, invitationHash, utc(now))
			.update() > 0;
	}

	/** Nobody chooses a password for one who is disabled. */
	void disable(String username) {
		this.jdbc.sql("""
				update users set disabled = true, generation = generation + 1, invitation_hash = null,
				invitation_ends_at = null where username = ?""").param(username).update();
	}

	void enable(String username) {
		this.jdbc.sql("update users set disabled = false, generation = generation + 1 where username = ?")
			.param(username)
			.update();
	}

	void endSessions(String username) {
		this.jdbc.sql("update users set generation = generation + 1 where username = ?").param(username).update();
	}

	void delete(String username) {
		this.jdbc.sql("delete from users where username = ?").param(username).update();
	}

	void signedIn(String username, Instant at) {
		this.jdbc.sql("update users set last_signed_in_at = ? where username = ?").params(utc(at), username).update();
	}

	/** The first in alphabetical order. */
	List<String> firstNames(int most) {
		return this.jdbc.sql("select username from users order by username fetch next ? rows only")
			.param(most)
			.query(String.class)
			.list();
	}

	private static Stored read(ResultSet row, int number) throws SQLException {
		String hash = row.getString("password_hash");
		UserStatus status = row.getBoolean("disabled") ? UserStatus.DISABLED
				: (hash != null) ? UserStatus.ACTIVE : UserStatus.INVITED;
		return new Stored(new User(row.getLong("id"), row.getString("username"), Role.valueOf(row.getString("role")),
				row.getString("identity_name"), row.getString("display_name"), row.getString("email"), status,
				row.getObject("created_at", OffsetDateTime.class).toInstant(), instant(row, "last_signed_in_at"),
				instant(row, "invitation_ends_at"), row.getLong("generation")), hash);
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
		return (at != null) ? at.toInstant() : null;
	}

	private static OffsetDateTime utc(Instant at) {
		return at.atOffset(ZoneOffset.UTC);
	}

	/**
	 * @param passwordHash null until an invitation was accepted
	 */
	record Stored(User user, @Nullable String passwordHash) {

		@Override
		public String toString() {
			return "Stored[" + this.user.username() + "]";
		}

	}

}
