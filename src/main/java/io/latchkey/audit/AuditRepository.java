package io.latchkey.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.latchkey.core.Actor;
import io.latchkey.core.SearchText;

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
		Map<String, Object> parameters = new HashMap<>();
		List<String> conditions = new ArrayList<>(List.of("1 = 1"));
		if (query.actor() != null) {
			conditions.add("actor = :actor");
			parameters.put("actor", query.actor());
		}
		if (query.action() != null) {
			conditions.add("(action = :action or action like :actions escape '!')");
			parameters.put("action", query.action());
			parameters.put("actions", query.action().replaceAll("[!%_]", "!$0") + ".%");
		}
		if (query.subject() != null) {
			conditions.add("subject = :subject");
			parameters.put("subject", query.subject());
		}
		if (query.since() != null) {
			conditions.add("recorded_at >= :since");
			parameters.put("since", query.since().atOffset(ZoneOffset.UTC));
		}
		if (query.until() != null) {
			conditions.add("recorded_at < :until");
			parameters.put("until", query.until().atOffset(ZoneOffset.UTC));
		}
		if (query.text() != null) {
			conditions.add("""
					(lower(actor) like :text escape '!' or lower(action) like :text escape '!'
					or lower(subject) like :text escape '!' or lower(detail) like :text escape '!')""");
			parameters.put("text", SearchText.pattern(query.text()));
		}
		return this.jdbc.sql(select + " where " + String.join(" and ", conditions) + end).params(parameters);
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
