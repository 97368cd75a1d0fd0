package io.latchkey.syslog;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How far the receiver has the record.
 *
 * @param sent the sequence of the last record that it has, or 0
 * @param left how many it doesn't have yet
 * @param trouble what keeps the rest here, or null
 */
public record SyslogStatus(String receiver, long sent, long left, @Nullable Trouble trouble) {

	/**
	 * What is wrong.
	 */
	public record Trouble(String description, Instant since) {

	}

}
