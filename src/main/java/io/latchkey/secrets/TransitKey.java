package io.latchkey.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.latchkey.core.StartRefusedException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An outer key that HashiCorp Vault or OpenBao holds and never gives away: the transit
 * engine of its HTTP API, {@code POST /v1/<mount>/encrypt/<key>} and
 * {@code /decrypt/<key>}.
 */
final class TransitKey implements OuterKey {

	private static final int LONGEST_ANSWER = 64 * 1024;

	private final TransitProperties properties;

	private final String address;

	private final JsonMapper mapper = new JsonMapper();

	TransitKey(TransitProperties properties) {
		this.properties = properties;
		this.address = Objects.requireNonNull(properties.address()).replaceAll("/+$", "");
	}

	@Override
	public String id() {
		return "transit:" + this.properties.mount() + "/" + this.properties.key();
	}

	@Override
	public String source() {
		return "transit engine at " + this.address + ", key " + this.properties.key();
	}

	@Override
	public String wrap(SymmetricKey wrapped, String context) {
		byte[] bytes = wrapped.bytes();
		try {
			String text = Base64.getEncoder().encodeToString(bytes);
			return call("encrypt", Map.of("plaintext", text, "associated_data", base64(context))).path("ciphertext")
				.asString("");
		}
		finally {
			Arrays.fill(bytes, (byte) 0);
		}
	}

	@Override
	public SymmetricKey unwrap(String wrapped, String context) {
		String text = call("decrypt", Map.of("ciphertext", wrapped, "associated_data", base64(context)))
			.path("plaintext")
			.asString("");
		return SymmetricKey.parse(text)
			.orElseThrow(() -> new SecretUnreadableException(context,
					new IOException("The transit engine answered something else")));
	}

	private JsonNode call(String operation, Map<String, String> body) {
		try {
			CompletableFuture<Answer> answer = HttpClient.newBuilder()
				.connectTimeout(this.properties.timeout())
				.followRedirects(HttpClient.Redirect.NEVER)
				.build()
				.sendAsync(request(operation, body), HttpResponse.BodyHandlers.ofInputStream())
				.thenApply(Answer::of);
			return read(operation, await(answer));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw refused("interrupted", ex);
		}
		catch (TimeoutException ex) {
			throw refused("it did not answer within " + this.properties.timeout().toSeconds() + " s", ex);
		}
		catch (IOException | ExecutionException ex) {
			throw refused((ex.getCause() != null) ? ex.getCause().toString() : ex.toString(), ex);
		}
	}

	private Answer await(CompletableFuture<Answer> answer)
			throws InterruptedException, ExecutionException, TimeoutException {
		try {
			return answer.get(this.properties.timeout().toMillis(), TimeUnit.MILLISECONDS);
		}
		finally {
			answer.cancel(true);
		}
	}

	private JsonNode read(String operation, Answer answer) {
		if (answer.status() != 200) {
			throw refused("it answered %d to %s".formatted(answer.status(), operation), null);
		}
		try {
			return this.mapper.readTree(answer.body()).path("data");
		}
		catch (JacksonException ex) {
			// Its text may repeat the answer, and so a key.
			throw refused("it did not answer with JSON", null);
		}
	}

	private HttpRequest request(String operation, Map<String, String> body) throws IOException {
		URI uri = URI.create(
				"%s/v1/%s/%s/%s".formatted(this.address, this.properties.mount(), operation, this.properties.key()));
		HttpRequest.Builder request = HttpRequest.newBuilder(uri)
			.timeout(this.properties.timeout())
			.header("X-Vault-Token", token())
			.header("X-Vault-Request", "true")
			.header("Content-Type", "application/json");
		if (this.properties.namespace() != null) {
			request.header("X-Vault-Namespace", this.properties.namespace());
		}
		return request.POST(HttpRequest.BodyPublishers.ofByteArray(this.mapper.writeValueAsBytes(body))).build();
	}

	private String token() throws IOException {
		if (this.properties.tokenFile() == null) {
			throw new IOException("latchkey.secret-key-transit.token-file is not set");
		}
		return Files.readString(this.properties.tokenFile(), StandardCharsets.US_ASCII).strip();
	}

	private StartRefusedException refused(String why, @Nullable Throwable cause) {
		String description = "The %s cannot be used: %s".formatted(source(), why);
		String action = "Look whether it runs and is unsealed, and whether the token in the file may encrypt and "
				+ "decrypt with the key.";
		return (cause != null) ? new StartRefusedException(description, action, cause)
				: new StartRefusedException(description, action);
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private record Answer(int status, byte[] body) {

		static Answer of(HttpResponse<InputStream> response) {
			try (InputStream body = response.body()) {
				return new Answer(response.statusCode(), body.readNBytes(LONGEST_ANSWER));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
