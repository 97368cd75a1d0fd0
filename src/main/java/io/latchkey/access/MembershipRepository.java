package io.latchkey.access;

import java.time.Instant;
import java.util.Optional;

import io.latchkey.nodestate.JdbcColumns;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Since when until when somebody was in a team, a node in a cluster, an identity
 * suspended.
 */
@Repository
class MembershipRepository {

	private static final String END = "update membership_span set ended_at = :at where kind = :kind and ended_at is null";

	private final JdbcClient jdbc;

	MembershipRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void begin(Membership kind, long group, long member, String name, Instant at) {
		this.jdbc.sql("""
				insert into membership_span (kind, group_id, member_id, member_name, began_at)
				values (:kind, :group, :member, :name, :at)""")
			.param("kind", kind.name())
			.param("group", group)
			.param("member", member)
			.param("name", name)
			.param("at", JdbcColumns.at(at))
			.update();
	}

	void end(Membership kind, long group, long member, Instant at) {
		this.jdbc.sql(END + " and group_id = :group and member_id = :member")
			.param("at", JdbcColumns.at(at))
			.param("kind", kind.name())
			.param("group", group)
			.param("member", member)
			.update();
	}

	void endGroup(Membership kind, long group, Instant at) {
		this.jdbc.sql(END + " and group_id = :group")
			.param("at", JdbcColumns.at(at))
			.param("kind", kind.name())
			.param("group", group)
			.update();
	}

	void endMember(Membership kind, long member, Instant at) {
		this.jdbc.sql(END + " and member_id = :member")
			.param("at", JdbcColumns.at(at))
			.param("kind", kind.name())
			.param("member", member)
			.update();
	}

	void suspend(long identity, Instant at) {
		this.jdbc.sql("insert into suspension_span (identity_id, began_at) values (:identity, :at)")
			.param("identity", identity)
			.param("at", JdbcColumns.at(at))
			.update();
	}

	void resume(long identity, Instant at) {
		this.jdbc.sql("update suspension_span set ended_at = :at where identity_id = :identity and ended_at is null")
			.param("at", JdbcColumns.at(at))
			.param("identity", identity)
			.update();
	}

	/** Since when all of it is known; nothing where it always was. */
	Optional<Instant> knownFrom() {
		return this.jdbc.sql("select known_from from access_history")
			.query((row, number) -> JdbcColumns.requiredInstant(row, "known_from"))
			.optional();
	}

}
