package io.latchkey.syslog;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalLong;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Up to which record each receiver has the record, and which instance is sending to it.
 */
@Repository
class SyslogPositionRepository {

	private final JdbcClient jdbc;

	SyslogPositionRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** 0 for one that has nothing. */
	long sent(String receiver) {
		return this.jdbc.sql("select sent from syslog_position where receiver = ?")
			.param(receiver)
			.query(Long.class)
			.optional()
			.orElse(0L);
	}

	/**
	 * Has the instance alone send to it for a while.
	 * @return what the receiver has, or empty while another sends
	 */
	OptionalLong claim(String receiver, String instance, Instant now, Instant until) {
		boolean claimed = this.jdbc.sql("""
				update syslog_position set holder = ?, held_until = ? where receiver = ?
				and (holder is null or holder = ? or held_until < ?)""")
			.params(instance, until.atOffset(ZoneOffset.UTC), receiver, instance, now.atOffset(ZoneOffset.UTC))
			.update() == 1;
		return claimed ? OptionalLong.of(sent(receiver)) : OptionalLong.empty();
	}

	void begin(String receiver) {
		try {
			this.jdbc.sql("""
					insert into syslog_position (receiver, sent) select ?, 0
					where not exists (select 1 from syslog_position where receiver = ?)""")
				.params(receiver, receiver)
				.update();
		}
		catch (DuplicateKeyException ex) {
			// Another instance was first.
			return;
		}
	}

	/** Unless another instance has taken over, which then sends it again. */
	void release(String receiver, String instance, long sent) {
		this.jdbc.sql("""
				update syslog_position set sent = ?, holder = null, held_until = null
				where receiver = ? and holder = ?""").params(sent, receiver, instance).update();
	}

}
