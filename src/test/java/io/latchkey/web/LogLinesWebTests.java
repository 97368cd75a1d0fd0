package io.latchkey.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nobody writes a line of the log: what was sent never ends one, nor has a terminal do
 * something.
 */
@HostileTest
class LogLinesWebTests {

	private static final String FORGED = "2026-11-30T12:00:00.000Z  INFO 1 --- [main] forged : all is well";

	private static final List<String> ENDS = List.of("%0d%0a", "%0a", "%0d", "%1b%5b2J", "%e2%80%a8", "%c2%85");

	@Autowired
	FailingDatabase database;

	@LocalServerPort
	int port;

	private final ByteArrayOutputStream written = new ByteArrayOutputStream();

	private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();

	/** Writes as the console does. */
	@BeforeEach
	void listen() {
		LoggerContext context = this.root.getLoggerContext();
		PatternLayoutEncoder encoder = new PatternLayoutEncoder();
		encoder.setContext(context);
		encoder.setPattern(Objects.requireNonNull(context.getProperty("CONSOLE_LOG_PATTERN")));
		encoder.start();
		this.appender.setContext(context);
		this.appender.setEncoder(encoder);
		this.appender.setOutputStream(this.written);
		this.appender.start();
		this.root.addAppender(this.appender);
	}

	@AfterEach
	void hearNoMore() {
		this.root.detachAppender(this.appender);
		this.database.work();
	}

	@Test
	void whatIsSentEndsNoLine() throws IOException {
		for (String end : ENDS) {
			sendEverywhere(end);
		}
		this.database.goAway();
		sendEverywhere(ENDS.get(0));
		this.database.answerNonsense();
		sendEverywhere(ENDS.get(0));
		String log = this.written.toString(StandardCharsets.UTF_8);
		assertThat(log).isNotEmpty();
		assertThat(log.split("\\R|\\r"))
			.noneMatch((line) -> line.stripLeading().startsWith("2026-11-30T12:00:00.000Z"));
		assertThat(log).doesNotContain("\u001b[2J");
	}

	private void sendEverywhere(String end) throws IOException {
		String coded = end + FORGED.replace(" ", "%20").replace("[", "%5b").replace("]", "%5d");
		String raw = java.net.URLDecoder.decode(end, StandardCharsets.ISO_8859_1) + FORGED;
		Browser browser = new Browser(this.port, "127.7.1.1");
		for (String path : List.of("/" + coded, "/nodes?q=" + coded, "/sign-in?to=" + coded, "/enrol/" + coded,
				"/api/v1/nodes/" + coded, "/invitation/" + coded, "/assets/" + coded, "/error?x=" + coded)) {
			browser.get(path);
			browser.send("GET", path, "Authorization: Bearer " + HostileTest.TOKEN + "\r\n", "");
			browser.send("POST", path, "Authorization: Bearer " + HostileTest.TOKEN
					+ "\r\nContent-Type: application/json\r\nContent-Length: 1\r\n", "{");
		}
		for (String name : List.of("User-Agent", "Authorization: Bearer", "Referer", "Cookie: latchkey-session=",
				"Accept", "X-Forwarded-For", "Forwarded", "Host", "HX-Request", "Content-Type", raw)) {
			browser.send("GET", "/nodes", name + (name.contains(":") ? " " : ": ") + raw + "\r\n", "");
			browser.send("GET", "/api/v1/nodes", name + (name.contains(":") ? " " : ": ") + raw + "\r\n", "");
		}
		browser.send("G" + raw, "/" + raw, "", "");
		this.database.work();
		for (int i = 0; i < 12; i++) {
			browser.signIn("admin" + raw, "wrong" + raw, raw);
		}
		String body = "{\"name\": \""
				+ raw.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n").replace("\u001b", "\\u001b")
				+ "\", \"kind\": \"PERSON\"}";
		browser.send("POST", "/api/v1/identities", "Authorization: Bearer " + HostileTest.TOKEN
				+ "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n", body);
		Browser admin = Browser.ofAdmin(this.port, "127.7.1.2");
		admin.post("/add/identity", admin.form("/add/identity", Map.of("name", raw, "kind", "PERSON")));
		admin.post("/settings/tokens", admin.form("/settings/tokens", Map.of("name", raw, "role", "ADMIN")));
	}

}
