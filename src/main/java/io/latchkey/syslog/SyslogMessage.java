package io.latchkey.syslog;

import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;

import io.latchkey.audit.AuditRecord;

/**
 * A record as a message of syslog (RFC 5424):
 *
 * <pre>
 * &lt;110&gt;1 TIMESTAMP HOSTNAME latchkey - ACTION [latchkey@32473 sequence="…" …] BOM JSON
 * </pre>
 *
 * 110 is the facility <em>log audit</em> with the severity <em>informational</em>. The
 * id's number is that which RFC 5612 keeps for whoever has none of its own. The JSON is
 * the record's line of an export.
 */
record SyslogMessage(String text) {

	/** Of MSGID (RFC 5424, 6.2.7). */
	private static final int LONGEST_ID = 32;

	private static final String BOM = "\uFEFF";

	static SyslogMessage of(AuditRecord record, String json, String hostname) {
		String elements = String.join(" ", element("sequence", Long.toString(record.sequence())),
				element("actor", record.actor().name()), element("via", record.actor().via().name()),
				element("action", record.action()), element("subject", record.subject()),
				element("hash", record.hash()));
		return new SyslogMessage("<110>1 %s %s latchkey - %s [latchkey@32473 %s] %s%s"
			.formatted(record.at().truncatedTo(ChronoUnit.MICROS), hostname, id(record.action()), elements, BOM, json));
	}

	/** With its length before it (RFC 5425, 4.3). */
	byte[] framed() {
		byte[] message = this.text.getBytes(StandardCharsets.UTF_8);
		byte[] length = (message.length + " ").getBytes(StandardCharsets.US_ASCII);
		byte[] frame = new byte[length.length + message.length];
		System.arraycopy(length, 0, frame, 0, length.length);
		System.arraycopy(message, 0, frame, length.length, message.length);
		return frame;
	}

	private static String id(String action) {
		String id = action.replaceAll("[^!-~]", "_");
		return id.substring(0, Math.min(LONGEST_ID, id.length()));
	}

	/**
	 * Receivers that write lines get no further ones: the JSON has the value as it is.
	 */
	private static String element(String name, String value) {
		String escaped = value.codePoints()
			.mapToObj((each) -> Character.isISOControl(each) || each == 0x2028 || each == 0x2029 ? "\uFFFD"
					: ("\"\\]".indexOf(each) >= 0) ? "\\" + Character.toString(each) : Character.toString(each))
			.collect(Collectors.joining());
		return name + "=\"" + escaped + '"';
	}

}
