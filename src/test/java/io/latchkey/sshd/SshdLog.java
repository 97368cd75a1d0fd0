package io.latchkey.sshd;

/**
 * Where the sshd of a node writes its log.
 */
public enum SshdLog {

	/** To a file of its own; what the nodes do that nobody asked otherwise. */
	FILE,
	/** To busybox's syslogd, which writes {@code /var/log/messages}. */
	SYSLOG,
	/** To a journal of systemd's. */
	JOURNAL

}
