package io.latchkey.security;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import io.latchkey.TestDatabase;
import io.latchkey.VaultConfiguration;
import io.latchkey.security.RawRequest.Answer;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Latchkey at a public address, behind a proxy.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "db-scheduler.enabled=false", "latchkey.admin-password=" + PublicAddressWebTests.PASSWORD,
				"latchkey.public-address=https://latchkey.example.org",
				"latchkey.enrolment.address=http://192.0.2.7:8080", "latchkey.trusted-proxies=127.0.0.3,127.8.0.0/16" })
@ContextConfiguration(initializers = TestDatabase.class)
@Import(VaultConfiguration.class)
class PublicAddressWebTests {

	static final String PASSWORD = "correct horse battery";

	private static final String PROXY = "127.0.0.3";

	private static final String HOST = "latchkey.example.org";

	@LocalServerPort
	int port;

	@Test
	void setsCookiesThatOnlyThisHostGetsBack() throws Exception {
		Answer form = get("/assets/signed-form", HOST, "");
		assertThat(form.head()).contains("Strict-Transport-Security: max-age=31536000\r\n")
			.containsPattern("Set-Cookie: __Host-latchkey-form=\\S+; Path=/; Secure; HttpOnly; SameSite=Lax");
		String body = "_csrf=" + URLEncoder.encode(form.body().strip(), StandardCharsets.UTF_8)
				+ "&username=admin&password=" + PASSWORD.replace(' ', '+');
		Answer signedIn = send("127.0.0.1",
				"POST /sign-in HTTP/1.1\r\nHost: " + HOST
						+ "\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
						+ body.length() + "\r\nCookie: __Host-latchkey-form=" + form.cookie("__Host-latchkey-form")
						+ "\r\n\r\n" + body);
		assertThat(signedIn.status()).isEqualTo(302);
		assertThat(signedIn.head()).containsPattern("\r\nLocation: /\r\n")
			.containsPattern("Set-Cookie: __Host-JSESSIONID=\\w+; Path=/; Secure; HttpOnly; SameSite=Lax")
			.containsPattern(
					"Set-Cookie: __Host-latchkey-browser=\\S+; Path=/; Max-Age=7776000; Expires=[^;]+; Secure; HttpOnly; SameSite=Lax");
		assertThat(get("/pages/one", HOST, "Cookie: __Host-JSESSIONID=" + signedIn.cookie("__Host-JSESSIONID") + "\r\n")
			.body()).contains("page");
		assertThat(
				get("/pages/one", HOST, "Cookie: JSESSIONID=" + signedIn.cookie("__Host-JSESSIONID") + "\r\n").status())
			.isEqualTo(302);
	}

	@Test
	void leadsToNoAddressOfItsOwnMaking() throws Exception {
		assertThat(get("/pages/one", HOST, "").head()).containsPattern("\r\nLocation: /sign-in\\?to=");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "evil.example", "localhost", "127.0.0.1:8080", "latchkey.example.org:8080", "192.0.2.7:8080" })
	void refusesRequestsForAnotherAddress(String host) throws Exception {
		Answer page = get("/assets/signed-form", host, "");
		assertThat(page.status()).isEqualTo(421);
		assertThat(page.head()).contains("Content-Type: text/html").doesNotContain("Set-Cookie");
		assertThat(page.body()).contains("latchkey.public-address").doesNotContain(host);
		for (String path : new String[] { "/api/v1/nodes", "/actuator/info" }) {
			Answer problem = get(path, host, "");
			assertThat(problem.status()).isEqualTo(421);
			assertThat(problem.head()).contains("application/problem+json");
			assertThat(problem.body()).contains("/problems/misdirected");
		}
	}

	@Test
	void takesItsOwnHostHoweverItIsWritten() throws Exception {
		assertThat(get("/assets/signed-form", "LATCHKEY.example.org:443", "").status()).isEqualTo(200);
		assertThat(get("/api/v1/nodes", HOST, "").status()).isEqualTo(401);
	}

	@Test
	void letsNodesAskAtTheirAddress() throws Exception {
		assertThat(get("/enrol/none", "192.0.2.7:8080", "").status()).isEqualTo(404);
		assertThat(get("/enrol/none", "evil.example", "").status()).isEqualTo(421);
	}

	@Test
	void answersProbesByAddress() throws Exception {
		for (String host : new String[] { "127.0.0.1:8080", "10.1.2.3" }) {
			assertThat(get("/actuator/health/liveness", host, "").status()).isEqualTo(200);
			assertThat(get("/actuator/health/readiness", host, "").status()).isEqualTo(200);
		}
		assertThat(send("127.0.0.1", "GET /actuator/health/readiness HTTP/1.0\r\n\r\n").status()).isEqualTo(200);
		assertThat(send("127.0.0.1", "GET /assets/signed-form HTTP/1.0\r\n\r\n").status()).isEqualTo(421);
		assertThat(get("/actuator/health/../../assets/signed-form", "evil.example", "").status()).isEqualTo(421);
	}

	@Test
	void takesTheWordOfItsProxiesAlone() throws Exception {
		String said = "X-Forwarded-For: 6.6.6.6, 198.51.100.7\r\nX-Forwarded-Proto: https\r\n";
		assertThat(get("/assets/origin", HOST, said).body()).contains("127.0.0.1 http false");
		assertThat(getFrom(PROXY, said).body()).contains("198.51.100.7 https true https://latchkey.example.org/assets");
		assertThat(getFrom("127.8.1.1", "Forwarded: for=198.51.100.8;proto=https\r\n").body())
			.contains("198.51.100.8 https true");
		assertThat(getFrom(PROXY, "").body()).contains("127.0.0.3 http false");
		assertThat(get("/assets/origin", HOST,
				"Forwarded: for=6.6.6.6;host=evil.example;proto=https\r\n"
						+ "X-Forwarded-Host: evil.example\r\nX-Forwarded-Prefix: /evil\r\n")
			.body()).contains("127.0.0.1 http false http://latchkey.example.org/assets/origin");
	}

	private Answer getFrom(String address, String headers) throws IOException {
		return send(address,
				"GET /assets/origin HTTP/1.1\r\nHost: " + HOST + "\r\nConnection: close\r\n" + headers + "\r\n");
	}

	private Answer get(String path, String host, String headers) throws IOException {
		return send("127.0.0.1", "GET " + path + " HTTP/1.1\r\nHost: " + host
				+ "\r\nAccept: text/html,*/*;q=0.1\r\nConnection: close\r\n" + headers + "\r\n");
	}

	private Answer send(String from, String text) throws IOException {
		return RawRequest.send(this.port, from, text);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ConfigurationPropertiesScan("io.latchkey.security")
	@ComponentScan(basePackages = { "io.latchkey.security", "io.latchkey.users", "io.latchkey.core" },
			excludeFilters = @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
	@Import(Pages.class)
	static class Application {

	}

	@RestController
	static class Pages {

		@GetMapping("/pages/one")
		String page() {
			return "page";
		}

		@GetMapping("/assets/signed-form")
		String form(CsrfToken token) {
			return token.getToken();
		}

		@GetMapping("/assets/origin")
		String origin(HttpServletRequest request) {
			return "%s %s %s %s".formatted(request.getRemoteAddr(), request.getScheme(), request.isSecure(),
					request.getRequestURL());
		}

	}

}
