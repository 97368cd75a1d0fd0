package io.latchkey.logins;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

import io.latchkey.conversation.logs.LogPosition;
import io.latchkey.conversation.logs.ServerLog;
import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.openssh.LoginEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What sshd of several releases wrote to syslog with PAM, while the same came to each: a
 * key, a key of root's, a certificate, a key that it does not know, a password, a wrong
 * one twice, a name of which there is no account, one that is denied, and a password for
 * root.
 */
class CapturedLogsTests {

	private static final Instant NOW = Instant.parse("2026-11-30T14:00:00Z");

	@ParameterizedTest
	@ValueSource(strings = { "debian-11-openssh-8.4", "debian-12-openssh-9.2", "debian-13-openssh-10.0",
			"debian-sid-openssh-10.6" })
	void tellTheSameOfTheSame(String log) throws IOException {
		List<LoginEvent> events = events(log);
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

	private static List<LoginEvent> events(String log) throws IOException {
		try (InputStream content = Objects
			.requireNonNull(CapturedLogsTests.class.getResourceAsStream("/logs/" + log + ".log"))) {
			List<String> lines = new String(content.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
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
