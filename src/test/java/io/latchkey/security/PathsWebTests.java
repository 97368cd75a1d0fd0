package io.latchkey.security;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;

import io.latchkey.TestDatabase;
import io.latchkey.VaultConfiguration;
import io.latchkey.users.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Paths as Tomcat hands them on, and what it refuses itself, which MockMvc does not show.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "db-scheduler.enabled=false")
@ContextConfiguration(initializers = TestDatabase.class)
@Import(VaultConfiguration.class)
class PathsWebTests {

	@Autowired
	ApiTokens tokens;

	@LocalServerPort
	int port;

	@Test
	void takesAFingerprintWithSlashes() throws Exception {
		HttpResponse<String> response = send("DELETE", "/api/v1/echo/SHA256%3Aa%2Fb%2F%2Fc+d%2f", true);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("SHA256:a/b//c+d/");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/echo/a%252Fb", "//api/v1/echo/a", "/page/..;/api/v1/echo/a", "/api/v1/echo/a;b",
			"/api/v1/%2e%2e/echo/a" })
	void refusesAPathThatCanBeReadInTwoWays(String path) throws Exception {
		HttpResponse<String> response = send("DELETE", path, true);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).doesNotContain("Exception");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api%2Fv1%2Fecho%2Fa", "/API/v1/echo/a", "/x%2F..%2Fapi/v1/echo/a",
			"/api/v1/tokens%2F..%2Fecho/a" })
	void reachesNothingByAnEncodedSlash(String path) throws Exception {
		assertThat(send("DELETE", path, false).statusCode()).isNotEqualTo(200);
		assertThat(send("DELETE", path, true).body()).isNotEqualTo("a");
	}

	@ParameterizedTest(name = "{index}: {0}")
	@MethodSource
	void refusesInLatchkeysWordsWhatTomcatRefuses(int status, String request) throws Exception {
		RawRequest.Answer answer = RawRequest.send(this.port, "127.0.0.1", request);
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.head()).contains("Content-Type: text/html;charset=UTF-8", "Content-Security-Policy: ")
			.doesNotContainIgnoringCase("tomcat", "Server:");
		assertThat(answer.body()).contains("<title>That was not understood · Latchkey</title>", "lk-sign")
			.doesNotContainIgnoringCase("tomcat", "exception", "HTTP Status", "<script>")
			.doesNotContain("\tat ", "odd");
	}

	static Stream<Arguments> refusesInLatchkeysWordsWhatTomcatRefuses() {
		String rest = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
		return Stream.of(arguments(400, "O(D /odd" + rest + "\r\n"),
				arguments(400, "GET /<script>|odd" + rest + "\r\n"), arguments(400, "GET /odd%zz" + rest + "\r\n"),
				arguments(400, "GET /odd%ff" + rest + "\r\n"), arguments(400, "GET /odd%00" + rest + "\r\n"),
				arguments(400, "GET /../odd" + rest + "\r\n"),
				arguments(400, "GET /" + rest + "X-Odd: " + "x".repeat(9_000) + "\r\n\r\n"),
				arguments(400, "GET /odd" + "x".repeat(9_000) + rest + "\r\n"),
				arguments(400, "GET /odd HTTP/1.1\r\nConnection: close\r\n\r\n"),
				arguments(400, "POST /odd" + rest + "Content-Length: x\r\n\r\n"),
				arguments(501, "POST /odd" + rest + "Transfer-Encoding: odd\r\n\r\n"),
				arguments(505, "GET /odd HTTP/9.9\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
				arguments(417, "GET /odd" + rest + "Expect: odd\r\n\r\n"));
	}

	private HttpResponse<String> send(String method, String path, boolean withToken)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.method(method, HttpRequest.BodyPublishers.noBody());
		if (withToken) {
			request.header("Authorization", "Bearer " + this.tokens.issue(TokenText.newId(), Role.ADMIN, null).text());
		}
		return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ConfigurationPropertiesScan("io.latchkey.security")
	@ComponentScan(basePackages = { "io.latchkey.security", "io.latchkey.users", "io.latchkey.core" },
			excludeFilters = @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
	@Import(Echo.class)
	static class Application {

	}

	@RestController
	static class Echo {

		@DeleteMapping("/api/v1/echo/{value}")
		String delete(@PathVariable String value) {
			return value;
		}

	}

}
