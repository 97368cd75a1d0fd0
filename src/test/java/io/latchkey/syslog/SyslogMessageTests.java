package io.latchkey.syslog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import io.latchkey.audit.AuditRecord;
import io.latchkey.core.Actor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SyslogMessageTests {

	@Test
	void isAMessageOfRfc5424() {
		assertThat(message("grant.issued", "grant:7").text())
			.isEqualTo("<110>1 2026-03-03T04:05:06.123456Z db1 latchkey - grant.issued [latchkey@32473 sequence=\"7\" "
					+ "actor=\"alice\" via=\"API\" action=\"grant.issued\" subject=\"grant:7\" hash=\"ab\"] \uFEFF{}");
	}

	@Test
	void escapesWhatWouldEndAValue() {
		assertThat(message("a", "x\"] [other@1 y=\"\\").text())
			.contains("subject=\"x\\\"\\] [other@1 y=\\\"\\\\\" hash");
	}

	@Test
	void holdsNoLineEndInItsHead() {
		assertThat(message("a", "x\n<110>1 forged\r\u0000\u0085\u2028").text())
			.contains("subject=\"x\uFFFD<110>1 forged\uFFFD\uFFFD\uFFFD\uFFFD\"")
			.doesNotContain("\n");
	}

	@Test
	void cutsAnIdThatIsTooLong() {
		assertThat(message("a thing." + "x".repeat(50), "s").text()).contains("- a_thing." + "x".repeat(24) + " [");
	}

	@Test
	void isCountedInOctets() {
		byte[] framed = message("a", "ä").framed();
		assertThat(new String(framed, StandardCharsets.UTF_8)).startsWith((framed.length - 4) + " <110>1 ");
	}

	private static SyslogMessage message(String action, String subject) {
		return SyslogMessage.of(new AuditRecord(7, Instant.parse("2026-03-03T04:05:06.123456Z"),
				new Actor("alice", Actor.Via.API), action, subject, "", "ab"), "{}", "db1");
	}

}
