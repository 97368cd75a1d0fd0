package io.latchkey.logins;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.latchkey.conversation.logs.LogPosition;
import io.latchkey.conversation.logs.ServerLog;
import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.openssh.LoginEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What SSH servers of several releases wrote to syslog while the same came to each: a
 * key, a key of root's, a certificate, a key that it does not know, a password, a wrong
 * one twice, a name of which there is no account, one that is denied, and a password for
 * root. Those of Debian have PAM and rsyslog. Those of busybox are without PAM, as
 * Alpine's are, built from the release's source where no Debian has it, under busybox's
 * syslogd.
 */
class CapturedLogsTests {

	private static final Instant NOW = Instant.parse("2026-11-30T14:00:00Z");

	private static final Pattern HEAD = Pattern
		.compile("\\w{3} +\\d+ (?<time>[0-9:]{8}) node1 (?:\\w+\\.\\w+ )?(?<program>[\\w-]+\\[\\d+\\]: )");

	static Stream<Arguments> logs() {
		return Stream
			.of("debian-11-openssh-8.4", "debian-12-openssh-9.2", "debian-13-openssh-10.0", "debian-sid-openssh-10.6",
					"busybox-openssh-10.4", "busybox-openssh-10.5")
			.flatMap((log) -> Stream.of(Head.values()).map((head) -> Arguments.of(log, head)));
	}

	@ParameterizedTest
	@MethodSource("logs")
	void tellTheSameOfTheSame(String log, Head head) throws IOException {
		List<LoginEvent> events = events(log, head);
		assertThat(events).filteredOn(LoginEvent.Accepted.class::isInstance)
			.extracting(LoginEvent.Accepted.class::cast)
			.extracting(LoginEvent.Accepted::method, LoginEvent.Accepted::account, (came) -> came.key() != null,
					(came) -> came.authority() != null)
			.containsExactly(tuple("publickey", "deploy", true, false), tuple("publickey", "root", true, false),
					tuple("publickey", "deploy", true, true), tuple("password", "deploy", false, false));
		assertThat(events).filteredOn(LoginEvent.Refused.class::isInstance)
			.extracting(LoginEvent.Refused.class::cast)
			.extracting(LoginEvent.Refused::method, LoginEvent.Refused::account, LoginEvent.Refused::address)
			.as("each connection once")
			.containsExactly(tuple(null, "deploy", "127.0.0.1"), tuple("password", "deploy", "127.0.0.1"),
					tuple(null, null, "127.0.0.1"), tuple(null, "backup", "127.0.0.1"),
					tuple("password", "root", "127.0.0.1"));
	}

	/**
	 * In the form of auth.c and packet.c of 7.4, which cannot be built here. Whose key it
	 * did not know it says at VERBOSE alone.
	 */
	@ParameterizedTest
	@EnumSource(Head.class)
	void tellTheSameOfOpenSsh74ButOfAKeyThatItDoesNotKnow(Head head) throws IOException {
		assertThat(events("rhel-7-openssh-7.4-by-its-source", head))
			.extracting((event) -> (event instanceof LoginEvent.Accepted came) ? came.account()
					: ((LoginEvent.Refused) event).account())
			.containsExactly("deploy", "root", "deploy", "deploy", "deploy", null, "backup", "root");
	}

	/** It does not name who it did not let in where there is no account. */
	@ParameterizedTest
	@EnumSource(Head.class)
	void tellTheSameOfDropbearAsFarAsItSaysIt(Head head) throws IOException {
		List<LoginEvent> events = events("busybox-dropbear-2022.83", head);
		assertThat(events).filteredOn(LoginEvent.Accepted.class::isInstance)
			.extracting(LoginEvent.Accepted.class::cast)
			.extracting(LoginEvent.Accepted::method, LoginEvent.Accepted::account, (came) -> came.key() != null)
			.containsExactly(tuple("publickey", "deploy", true), tuple("publickey", "root", true),
					tuple("password", "deploy", false));
		assertThat(events).filteredOn(LoginEvent.Refused.class::isInstance)
			.extracting(LoginEvent.Refused.class::cast)
			.extracting(LoginEvent.Refused::account)
			.containsExactly("deploy", "deploy", "backup", "root");
	}

	/**
	 * How a line begins that a program gave to syslog.
	 */
	enum Head {

		/** As it was captured. */
		CAPTURED(null),
		/** /var/log/secure of RHEL 7 to 10, by RSYSLOG_TraditionalFileFormat. */
		SECURE("Nov 30 %s rhel.example.org "),
		/** /var/log/auth.log of Ubuntu 24.04, by RSYSLOG_FileFormat. */
		RSYSLOG("2026-11-30T%s.482913+00:00 ubuntu "),
		/** journalctl -o short-iso, where there is no file, of systemd 252 and 255. */
		JOURNAL("2026-11-30T%s+0000 fedora "),
		/** Since systemd 256 with a colon. */
		NEWER_JOURNAL("2026-11-30T%s+00:00 fedora "),
		/** /var/log/messages of Alpine, as syslogd.c of busybox prints it without -S. */
		BUSYBOX("Nov 30 %s alpine auth.info ");

		private final @Nullable String form;

		Head(@Nullable String form) {
			this.form = form;
		}

		String of(String line) {
			Matcher head = HEAD.matcher(line);
			return (this.form == null || !head.lookingAt()) ? line
					: this.form.formatted(head.group("time")) + head.group("program") + line.substring(head.end());
		}

	}

	private static List<LoginEvent> events(String log, Head head) throws IOException {
		try (InputStream content = Objects
			.requireNonNull(CapturedLogsTests.class.getResourceAsStream("/logs/" + log + ".log"))) {
			List<String> lines = new String(content.readAllBytes(), StandardCharsets.UTF_8).lines()
				.map(head::of)
				.toList();
			return LoggedEvents
				.of(new ServerLog(ServerLog.Source.SYSLOG, lines, LogPosition.NONE, false, null),
						new NodeFacts(0, NOW, ZoneOffset.UTC, Duration.ZERO, "OpenSSH"), null, NOW)
				.events()
				.stream()
				.map(LoggedEvents.Came::event)
				.toList();
		}
	}

}
