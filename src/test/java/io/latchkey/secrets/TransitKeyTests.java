package io.latchkey.secrets;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.latchkey.Patience;
import io.latchkey.core.StartRefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Against a server that answers as the documented API of the transit engine does.
 */
class TransitKeyTests {

	private static final String TOKEN = "hvs.of-the-test";

	private final JsonMapper mapper = new JsonMapper();

	private final SymmetricKey atTheServer = SymmetricKey.generate();

	private final CountDownLatch over = new CountDownLatch(1);

	private boolean silent;

	private HttpServer server;

	@TempDir
	Path folder;

	@BeforeEach
	void start() throws IOException {
		Files.writeString(this.folder.resolve("token"), TOKEN + "\n");
		this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		this.server.createContext("/v1/transit/encrypt/latchkey", (exchange) -> answer(exchange, true));
		this.server.createContext("/v1/transit/decrypt/latchkey", (exchange) -> answer(exchange, false));
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.over.countDown();
		this.server.stop(0);
	}

	@Test
	void unwrapsWhatItWrappedAndHasNothingOfItInWhatIsKept() {
		SymmetricKey key = SymmetricKey.generate();
		TransitKey transit = key(Patience.of(Duration.ofSeconds(10)));
		String wrapped = transit.wrap(key, "here");
		assertThat(wrapped).startsWith("vault:v1:").doesNotContain(key.render());
		assertThat(transit.unwrap(wrapped, "here").render()).isEqualTo(key.render());
	}

	@Test
	void refusesWhatWasWrappedForAnotherPlace() {
		TransitKey transit = key(Patience.of(Duration.ofSeconds(10)));
		String wrapped = transit.wrap(SymmetricKey.generate(), "here");
		assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> transit.unwrap(wrapped, "there"))
			.withMessageContaining("400");
	}

	@Test
	void saysThatItsTokenIsRefusedAndNotTheToken() throws IOException {
		Files.writeString(this.folder.resolve("token"), "hvs.another");
		TransitKey transit = key(Patience.of(Duration.ofSeconds(10)));
		assertThatExceptionOfType(StartRefusedException.class)
			.isThrownBy(() -> transit.wrap(SymmetricKey.generate(), "here"))
			.withMessageContaining("403")
			.withMessageNotContaining("hvs.");
	}

	@Test
	void waitsNoLongerThanItsDeadline() {
		this.silent = true;
		TransitKey transit = key(Duration.ofMillis(200));
		assertThatExceptionOfType(StartRefusedException.class)
			.isThrownBy(() -> transit.wrap(SymmetricKey.generate(), "here"));
	}

	@Test
	void saysThatNobodyIsThere() {
		TransitKey transit = key(Patience.of(Duration.ofSeconds(10)));
		this.server.stop(0);
		assertThatExceptionOfType(StartRefusedException.class)
			.isThrownBy(() -> transit.wrap(SymmetricKey.generate(), "here"))
			.satisfies((ex) -> assertThat(ex.action()).contains("unsealed"));
	}

	private TransitKey key(Duration timeout) {
		return new TransitKey(new TransitProperties("http://127.0.0.1:" + this.server.getAddress().getPort(), "transit",
				"latchkey", this.folder.resolve("token"), null, timeout));
	}

	private void answer(HttpExchange exchange, boolean encrypts) throws IOException {
		if (this.silent) {
			// The headers come, the answer doesn't.
			exchange.sendResponseHeaders(200, 100);
			exchange.getResponseBody().flush();
			await();
			return;
		}
		if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))
				|| !exchange.getRequestMethod().equals("POST")) {
			reply(exchange, 403, "{\"errors\":[\"permission denied\"]}");
			return;
		}
		JsonNode body = this.mapper.readTree(exchange.getRequestBody().readAllBytes());
		String context = body.path("associated_data").asString("");
		try {
			if (encrypts) {
				SymmetricKey plain = SymmetricKey.parse(body.path("plaintext").asString("")).orElseThrow();
				reply(exchange, 200, "{\"data\":{\"ciphertext\":\"vault:v1:%s\",\"key_version\":1}}"
					.formatted(new LocalOuterKey(this.atTheServer, "").wrap(plain, context)));
				return;
			}
			String ciphertext = body.path("ciphertext").asString("").replace("vault:v1:", "");
			reply(exchange, 200, "{\"data\":{\"plaintext\":\"%s\"}}"
				.formatted(new LocalOuterKey(this.atTheServer, "").unwrap(ciphertext, context).render()));
		}
		catch (SecretUnreadableException ex) {
			reply(exchange, 400, "{\"errors\":[\"cipher: message authentication failed\"]}");
		}
	}

	private void await() {
		try {
			this.over.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void reply(HttpExchange exchange, int status, String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().add("Content-Type", "application/json");
		exchange.sendResponseHeaders(status, bytes.length);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

}
