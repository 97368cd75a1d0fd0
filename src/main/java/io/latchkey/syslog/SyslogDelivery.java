package io.latchkey.syslog;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

import io.latchkey.audit.AuditRecord;
import io.latchkey.audit.AuditTrail;
import io.latchkey.audit.RecordExport;
import io.latchkey.core.NoTransaction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.data.domain.Pageable;

/**
 * Sends what the receiver doesn't have yet, in order and in batches. Where it stands is
 * kept in the database once a batch was received, so that a record is sent again rather
 * than not at all.
 */
public class SyslogDelivery {

	private static final Logger log = LoggerFactory.getLogger(SyslogDelivery.class);

	private static final int BATCH = 200;

	private static final int LONGEST_DESCRIPTION = 300;

	private final String receiver;

	private final String instance = UUID.randomUUID().toString();

	private final Duration longest;

	private final AuditTrail trail;

	private final RecordExport export;

	private final SyslogPositionRepository positions;

	private final SyslogReceiver connection;

	private final Clock clock;

	private final String hostname;

	private volatile SyslogStatus.@Nullable Trouble trouble;

	SyslogDelivery(SyslogProperties properties, String hostname, AuditTrail trail, RecordExport export,
			SyslogPositionRepository positions, SyslogReceiver connection, Clock clock) {
		this.receiver = properties.receiver();
		this.longest = properties.timeout().multipliedBy(3);
		this.hostname = hostname;
		this.trail = trail;
		this.export = export;
		this.positions = positions;
		this.connection = connection;
		this.clock = clock;
	}

	public SyslogStatus status() {
		long sent = this.positions.sent(this.receiver);
		long records = this.trail.list(Pageable.ofSize(1)).getTotalElements();
		return new SyslogStatus(this.receiver, sent, Math.max(0, records - sent), this.trouble);
	}

	/**
	 * Sends a batch, if there is something to send and no other instance does.
	 */
	Outcome send() {
		NoTransaction.require();
		try {
			if (this.trail.after(this.positions.sent(this.receiver), 1).isEmpty()) {
				return Outcome.NOTHING;
			}
			this.positions.begin(this.receiver);
			Instant now = this.clock.instant();
			OptionalLong sent = this.positions.claim(this.receiver, this.instance, now, now.plus(this.longest));
			return sent.isPresent() ? sendAfter(sent.getAsLong()) : Outcome.NOTHING;
		}
		catch (DataAccessException ex) {
			// Its message may repeat a row.
			return failed("The database could not be used: " + ex.getClass().getSimpleName());
		}
	}

	private Outcome sendAfter(long sent) {
		List<AuditRecord> batch = this.trail.after(sent, BATCH);
		long reached = sent;
		try {
			if (batch.isEmpty()) {
				return Outcome.NOTHING;
			}
			this.connection.send(batch.stream()
				.map((record) -> SyslogMessage.of(record, this.export.line(record), this.hostname))
				.toList());
			reached = batch.get(batch.size() - 1).sequence();
			return succeeded();
		}
		catch (IOException ex) {
			return failed(ex.getClass().getSimpleName() + ": " + ex.getMessage());
		}
		finally {
			this.positions.release(this.receiver, this.instance, reached);
		}
	}

	private Outcome succeeded() {
		if (this.trouble != null) {
			log.info("The record goes to {} by syslog again", this.receiver);
			this.trouble = null;
		}
		return Outcome.SENT;
	}

	private Outcome failed(String text) {
		String description = text.substring(0, Math.min(LONGEST_DESCRIPTION, text.length()));
		SyslogStatus.Trouble known = this.trouble;
		if (known == null || !known.description().equals(description)) {
			log.warn("The record cannot be sent to {} by syslog, and waits: {}", this.receiver, description);
			this.trouble = new SyslogStatus.Trouble(description,
					(known != null) ? known.since() : this.clock.instant());
		}
		return Outcome.FAILED;
	}

	/** What a look came to. */
	enum Outcome {

		NOTHING, SENT, FAILED

	}

}
