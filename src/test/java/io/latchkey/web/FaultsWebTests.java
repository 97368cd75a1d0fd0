package io.latchkey.web;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.security.RawRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is asked, however badly, and whatever breaks inside: no answer tells how
 * Latchkey is made, and nothing that was sent is a fault of Latchkey's.
 */
@HostileTest
class FaultsWebTests {

	/** Of answers that are none that was asked for. */
	private static final Pattern INSIDE = Pattern.compile("(?i)exception|stack ?trace|\\bat [a-z]+\\.[a-z.]+\\(|"
			+ "\\b(io\\.latchkey|java\\.[a-z]+|jakarta|org\\.(spring|apache|h2|postgres|hibernate)|tools\\.jackson)\\b"
			+ "|\\b(select|insert|update|delete)\\b.{1,80}\\b(from|into|set|where)\\b|jdbc:|hikari|tomcat|hibernate|"
			+ "NullPointer|secret_hash");

	private static final List<String> ODD = List.of("999999999999999999999999999999", "-1", "%27%3B--", "NaN",
			"%C3%BC%F0%9F%92%A5", "%0D%0AX-Planted:%20yes", "..%2F..%2Fetc%2Fpasswd", "%24%7Bx%7D", "a".repeat(2_000));

	private static final String ODD_QUERY = "?page=99999999999999999999&size=-1&sort=%27&q=%00%F0%9F%92%A5&from=x"
			+ "&until=%2B1000000000-01-01T00:00:00Z&at=9999999999-01-01&after=%2B&id=-1";

	private static final String ODD_FORM = "page=-1&id=999999999999999999999999&version=x&role=ROOT&kind=%00&until=never"
			+ "&name=%0D%0A&username=%27&identity=%C3%BC&port=99999999&subject=::&target=%25&account=..%2F&nodes=%00";

	private static final Map<String, String> ODD_BODIES = Map.of("{", "application/json", "[[[[", "application/json",
			"null", "application/json", "{\"a\":".repeat(5_000), "application/json", "{\"name\":1e999999}",
			"application/json", "{\"name\":\"\\ud800\"}", "application/json", "{}", "application/json; charset=odd",
			"<a/>", "application/xml", "x", "///");

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	RequestMappingHandlerMapping mappings;

	@Autowired
	FailingDatabase database;

	@LocalServerPort
	int port;

	private final Map<String, String> wrong = new TreeMap<>();

	private Browser browser;

	@BeforeEach
	void signIn() throws IOException {
		this.browser = Browser.ofAdmin(this.port, "127.7.0.1");
	}

	@AfterEach
	void mendTheDatabase() {
		this.database.work();
	}

	@Test
	void oddPathsAreToldAsOdd() throws IOException {
		for (String call : MappedCalls.of(this.mappings)) {
			if (call.contains("{")) {
				for (String odd : ODD) {
					look(call, send(call, odd, "", "text/plain", ""), false);
				}
			}
		}
		assertThat(this.wrong).isEmpty();
	}

	@Test
	void oddQueriesAreToldAsOdd() throws IOException {
		for (String call : MappedCalls.of(this.mappings)) {
			if (call.startsWith("GET ")) {
				look(call, send(call, "odd", ODD_QUERY, "text/plain", ""), false);
			}
		}
		assertThat(this.wrong).isEmpty();
	}

	@Test
	void oddBodiesAndFormsAreToldAsOdd() throws IOException {
		String token = this.browser.formToken("/account/password");
		for (String call : MappedCalls.of(this.mappings)) {
			if (call.contains(" /api/") || call.contains(" /enrol")) {
				for (Map.Entry<String, String> body : ODD_BODIES.entrySet()) {
					look(call, send(call, "odd", "", body.getValue(), body.getKey()), false);
				}
			}
			else if (call.startsWith("POST ")) {
				look(call, send(call, "odd", "", "application/x-www-form-urlencoded", ODD_FORM + "&_csrf=" + token),
						false);
			}
		}
		assertThat(this.wrong).isEmpty();
	}

	@Test
	void whatBreaksInsideStaysInside() throws IOException {
		int broken = 0;
		this.database.answerNonsense();
		for (String call : MappedCalls.of(this.mappings)) {
			if (call.startsWith("GET ")) {
				RawRequest.Answer answer = send(call, "odd", "", "text/plain", "");
				look(call, answer, true);
				broken += (answer.status() == 500) ? 1 : 0;
			}
		}
		assertThat(this.wrong).isEmpty();
		assertThat(broken).isGreaterThan(100);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/error", "/error?x=%00", "/assets/..%2f..%2fapplication.yml", "/assets/none.js",
			"/webjars/none", "/webjars/%2e%2e/none", "/enrol/%00", "/enrol/none/none", "/actuator/env",
			"/actuator/heapdump", "/actuator/none", "/actuator/health/none", "/actuator/prometheus?x=%00",
			"/v3/api-docs/none", "/swagger-ui/none", "/h2-console", "/api/v1", "/api/v2/nodes", "/WEB-INF/web.xml",
			"/META-INF/MANIFEST.MF", "/.git/config", "/sign-in/code?error=%00", "/invitation/%27", "/~", "/%20" })
	void otherAddressesTellNothing(String path) throws IOException {
		for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT",
				"PROPFIND")) {
			for (String accept : List.of("text/html", "application/json", "image/png", "///")) {
				String head = "Accept: " + accept + "\r\nContent-Length: 0\r\n";
				look(path, new Browser(this.port, "127.7.0.2").send(method, path, head, ""), true);
				look(path, this.browser.send(method, path, head, ""), true);
				look(path, this.browser.send(method, path, head + "Authorization: Bearer " + HostileTest.TOKEN + "\r\n",
						""), true);
			}
		}
		assertThat(this.wrong).isEmpty();
	}

	private RawRequest.Answer send(String call, String variable, String query, String type, String body)
			throws IOException {
		String method = call.substring(0, call.indexOf(' '));
		String path = call.substring(call.indexOf(' ') + 1).replaceAll("\\{[a-z]+}", Matcher.quoteReplacement(variable))
				+ query;
		String who = path.startsWith("/api/") ? "Authorization: Bearer " + HostileTest.TOKEN + "\r\n" : "";
		String what = body.isEmpty() ? "Content-Length: 0\r\n"
				: "Content-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n";
		return this.browser.send(method, path, who + what, body);
	}

	private void look(String call, RawRequest.Answer answer, boolean mayFail) {
		int status = answer.status();
		Matcher inside = INSIDE.matcher((status >= 400) ? answer.text() : "");
		if (inside.find()) {
			this.wrong.put(call + " " + status, inside.group());
		}
		else if (status == 0 || (status >= 500 && status != 501 && !mayFail) || answer.head().contains("X-Planted")) {
			this.wrong.put(call, answer.text().substring(0, Math.min(answer.text().length(), 300)));
		}
	}

}
