package io.latchkey.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.latchkey.core.Actor;
import io.latchkey.core.Conditions;
import io.latchkey.core.SearchText;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class AuditRepository {

	private static final String SELECT = "select sequence, recorded_at, actor, via, action, subject, detail, hash "
			+ "from audit_record ";

	private final JdbcClient jdbc;

	AuditRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Optional<ChainHead> head() {
		return this.jdbc.sql("select sequence, hash, seal, broken_at from audit_head where id = 1")
			.query(ChainHead.class)
			.optional();
	}

	/** The end of the chain, which stays the end until this transaction is over. */
	Optional<ChainHead> lockedHead() {
		return this.jdbc.sql("select sequence, hash, seal, broken_at from audit_head where id = 1 for update")
			.query(ChainHead.class)
			.optional();
	}

	void insert(ChainLink link, Entry entry) {
		this.jdbc.sql("""
				insert into audit_record (sequence, recorded_at, actor, via, action, subject, detail, hash)
				values (?, ?, ?, ?, ?, ?, ?, ?)""")
			.params(link.sequence(), entry.at().atOffset(ZoneOffset.UTC), entry.actor().name(),
					entry.actor().via().name(), entry.action(), entry.subject(), entry.detail(), link.hash())
			.update();
	}

	void moveHead(ChainHead head) {
		this.jdbc.sql("update audit_head set sequence = ?, hash = ?, seal = ?, broken_at = ? where id = 1")
			.params(Arrays.asList(head.sequence(), head.hash(), head.seal(), head.brokenAt()))
			.update();
	}

	long count(AuditQuery query) {
		return with(query, "select count(*) from audit_record", "").query(Long.class).single();
	}

	List<AuditRecord> newestFirst(AuditQuery query, Pageable page) {
		if (page.isUnpaged()) {
			return with(query, SELECT, " order by sequence desc").query((row, number) -> read(row)).list();
		}
		return with(query, SELECT, " order by sequence desc offset :offset rows fetch next :size rows only")
			.param("offset", page.getOffset())
			.param("size", page.getPageSize())
			.query((row, number) -> read(row))
			.list();
	}

	private JdbcClient.StatementSpec with(AuditQuery query, String select, String end) {
		String action = query.action();
		Conditions conditions = new Conditions().and("actor = :actor", "actor", query.actor())
			.and("(action = :action or action like :actions escape '!')", "action", action)
			.with("actions", (action != null) ? action.replaceAll("[!%_]", "!$0") + ".%" : null)
			.and("subject = :subject", "subject", query.subject())
			.and("recorded_at >= :since", "since", at(query.since()))
			.and("recorded_at < :until", "until", at(query.until()))
			.and("""
					(lower(actor) like :text escape '!' or lower(action) like :text escape '!'
					or lower(subject) like :text escape '!' or lower(detail) like :text escape '!')""", "text",
					(query.text() != null) ? SearchText.pattern(query.text()) : null);
		return this.jdbc.sql(select + conditions.where() + end).params(conditions.parameters());
	}

	private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
		return (instant != null) ? instant.atOffset(ZoneOffset.UTC) : null;
	}

	List<AuditRecord> after(long sequence, int most) {
		return this.jdbc.sql(SELECT + "where sequence > ? order by sequence fetch next ? rows only")
			.params(sequence, most)
			.query((row, number) -> read(row))
			.list();
	}

	private static AuditRecord read(ResultSet row) throws SQLException {
		return new AuditRecord(row.getLong("sequence"), row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
				new Actor(row.getString("actor"), Actor.Via.valueOf(row.getString("via"))), row.getString("action"),
				row.getString("subject"), row.getString("detail"), row.getString("hash"));
	}

}
