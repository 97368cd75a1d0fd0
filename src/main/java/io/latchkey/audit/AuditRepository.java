package io.latchkey.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import io.latchkey.core.Actor;

import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class AuditRepository {

	private static final String SELECT = "select sequence, recorded_at, actor, via, action, subject, detail, hash from audit_record ";

	private final JdbcClient jdbc;

	AuditRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Optional<ChainLink> head() {
		return this.jdbc.sql("select sequence, hash from audit_head where id = 1").query(ChainLink.class).optional();
	}

	/** The end of the chain, which stays the end until this transaction is over. */
	Optional<ChainLink> lockedHead() {
		return this.jdbc.sql("select sequence, hash from audit_head where id = 1 for update")
			.query(ChainLink.class)
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

	void moveHead(ChainLink link) {
		this.jdbc.sql("update audit_head set sequence = ?, hash = ? where id = 1")
			.params(link.sequence(), link.hash())
			.update();
	}

	long count() {
		return this.jdbc.sql("select count(*) from audit_record").query(Long.class).single();
	}

	List<AuditRecord> newestFirst(Pageable page) {
		if (page.isUnpaged()) {
			return this.jdbc.sql(SELECT + "order by sequence desc").query((row, number) -> read(row)).list();
		}
		return this.jdbc.sql(SELECT + "order by sequence desc offset ? rows fetch next ? rows only")
			.params(page.getOffset(), page.getPageSize())
			.query((row, number) -> read(row))
			.list();
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
