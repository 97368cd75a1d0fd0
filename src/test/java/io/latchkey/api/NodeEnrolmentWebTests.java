package io.latchkey.api;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.latchkey.Patience;
import io.latchkey.SampleKeys;
import io.latchkey.api.ApiClient.Answer;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a node hears that enrols itself, and what the API tells of it.
 */
@ApiTest
class NodeEnrolmentWebTests {

	@Autowired
	private ApiClient api;

	@LocalServerPort
	private int port;

	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	void servesTheScriptToAllAndTheTermsToWhoHasAToken() throws Exception {
		Answer made = make("{\"purpose\": \"it's for \\\"tests\\\"\", \"uses\": 2}");
		assertThat(made.text("/commands/0")).isEqualTo("curl -fsS http://localhost:" + this.port + "/enrol | sh");
		HttpResponse<String> script = get("/enrol");
		assertThat(script.statusCode()).isEqualTo(200);
		assertThat(script.headers().firstValue("Content-Type")).hasValue("text/plain;charset=UTF-8");
		assertThat(script.headers().firstValue("Cache-Control")).hasValue("no-store");
		assertThat(script.headers().firstValue("Set-Cookie")).isEmpty();
		assertThat(script.body()).startsWith("#!/bin/sh\n").doesNotContain("'@").doesNotContain("@node-script@");
		String terms = terms(made.text("/token"));
		assertThat(terms).startsWith("terms\nnonce ").contains("\naccount root\n", "\nline ");
		assertThat(terms(made.text("/token")).lines().toList().get(1)).isNotEqualTo(terms.lines().toList().get(1));
		Answer kept = this.api.get("/enrolment/tokens/" + made.text("/id"));
		assertThat(kept.body().at("/used").intValue()).isZero();
		assertThat(kept.response().body()).doesNotContain(made.text("/token"));
	}

	@Test
	void saysThatATokenIsNone() throws Exception {
		assertThat(terms("lke_" + "x".repeat(43))).startsWith("refused\nThere is no such enrolment token");
		assertThat(terms("touch x")).startsWith("refused\n");
		Answer made = make("{}");
		assertThat(this.api.delete("/enrolment/tokens/" + made.text("/id")).status()).isEqualTo(204);
		assertThat(this.api.delete("/enrolment/tokens/" + made.text("/id")).status()).isEqualTo(204);
		assertThat(terms(made.text("/token"))).startsWith("refused\nThis enrolment token was ended");
	}

	/** As the command was before: what comes says so to whoever pipes it to a shell. */
	@Test
	void takesNoTokenInTheAddress() throws Exception {
		String token = make("{}").text("/token");
		HttpResponse<String> script = get("/enrol/" + token);
		assertThat(script.body()).doesNotContain(token);
		failsWith(script.body(), "The token stands in the address no more");
		assertThat(register("latchkey-registration 1\ntoken " + token + "\nname web1\nport 22\n").body())
			.isEqualTo("refused\nThis script is of an older Latchkey: fetch it again\n");
	}

	@Test
	void refusesWhatIsNoRegistration() throws Exception {
		String token = make("{}").text("/token");
		for (String body : new String[] { "", "latchkey-registration 3\n", "x".repeat(200_000),
				message("lke_none", "web1", SampleKeys.ed25519()), message(token, "web1", "ssh-ed25519 AAAA"),
				message(token, "../etc", SampleKeys.ed25519()),
				message(token, "web1", SampleKeys.ed25519()) + "more 1\n",
				message(token, "web1", SampleKeys.ed25519()).replace("port 22", "port 65536"),
				message(token, "web1", SampleKeys.ed25519()).replace("host-key", "reach $(id)\nhost-key") }) {
			HttpResponse<String> response = register(body);
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).as(body.lines().findFirst().orElse("")).startsWith("refused\n");
		}
		assertThat(this.api.get("/nodes?q=web1").text("/page/totalItems")).isEqualTo("0");
	}

	@Test
	void listsAndDecidesRegistrations() throws Exception {
		String token = make("{\"approval\": true}").text("/token");
		assertThat(register(message(token, nonce(token), "waiting-web1", SampleKeys.ed25519())).body())
			.startsWith("waiting\n");
		Answer waiting = this.api.get("/enrolment/registrations");
		assertThat(waiting.text("/items/0/name")).isEqualTo("waiting-web1");
		String operator = this.api.post("/tokens", "{\"name\": \"enrolment-operator\", \"role\": \"OPERATOR\"}")
			.text("/token");
		String path = "/enrolment/registrations/" + waiting.text("/items/0/id");
		assertThat(this.api.post(path + "/approve", "", "Authorization", "Bearer " + operator).status()).isEqualTo(403);
		assertThat(this.api.post("/enrolment/tokens", "{}", "Authorization", "Bearer " + operator).status())
			.isEqualTo(403);
		assertThat(this.api.post(path + "/refuse", "").text("/state")).isEqualTo("REFUSED");
		assertThat(this.api.post(path + "/approve", "").status()).isEqualTo(422);
		assertThat(this.api.post("/enrolment/registrations/999999/approve", "").status()).isEqualTo(404);
	}

	@Test
	void letsNobodyTryTokensWithoutEnd() throws IOException {
		String last = "";
		for (int i = 0; i <= 60; i++) {
			last = postFrom("127.0.0.9", "lke_guess" + i);
		}
		assertThat(last).startsWith("HTTP/1.1 429").contains("Retry-After: ").contains("refused\nToo many attempts");
		assertThat(postFrom("127.0.0.10", "lke_guess")).startsWith("HTTP/1.1 200")
			.contains("refused\nThere is no such");
	}

	private Answer make(String body) {
		Answer made = this.api.post("/enrolment/tokens", body);
		assertThat(made.status()).as(made.response().body()).isEqualTo(201);
		return made;
	}

	private String nonce(String token) throws Exception {
		return terms(token).lines().toList().get(1).substring("nonce ".length());
	}

	private HttpResponse<String> get(String path) throws Exception {
		return this.http.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private String terms(String token) throws Exception {
		return post("/enrol/terms", "latchkey-registration 2\ntoken " + token + "\n").body();
	}

	/** As a wget that says nothing of the kind of what it sends. */
	private HttpResponse<String> register(String message) throws Exception {
		return post("/enrol", message);
	}

	private HttpResponse<String> post(String path, String message) throws Exception {
		return this.http.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(message))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static String message(String token, String name, String key) {
		return message(token, "0".repeat(64), name, key);
	}

	private static String message(String token, String nonce, String name, String key) {
		return "latchkey-registration 2\ntoken %s\nnonce %s\nname %s\nport 22\nhost-key %s -\n".formatted(token, nonce,
				name, key);
	}

	private String postFrom(String address, String token) throws IOException {
		String body = "latchkey-registration 2\ntoken " + token + "\n";
		try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), this.port, InetAddress.getByName(address),
				0)) {
			socket.setSoTimeout(10_000);
			OutputStream out = socket.getOutputStream();
			out.write(
					"POST /enrol/terms HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
						.formatted(body.length(), body)
						.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static void failsWith(String script, String why) throws Exception {
		Process shell = new ProcessBuilder("sh").start();
		try (OutputStream in = shell.getOutputStream()) {
			in.write(script.getBytes(StandardCharsets.UTF_8));
		}
		assertThat(shell.waitFor(Patience.of(Duration.ofSeconds(10)).toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(shell.exitValue()).isEqualTo(1);
		assertThat(shell.getInputStream().readAllBytes()).isEmpty();
		assertThat(new String(shell.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)).contains(why);
	}

}
