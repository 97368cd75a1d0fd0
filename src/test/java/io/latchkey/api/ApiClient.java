package io.latchkey.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/**
 * Calls the API as a script would.
 */
class ApiClient {

	static final String TOKEN = "bootstrap-token-of-the-api-tests-0123456789";

	private final HttpClient http = HttpClient.newHttpClient();

	private final JsonMapper mapper = new JsonMapper();

	private final Environment environment;

	@Autowired
	ApiClient(Environment environment) {
		this.environment = environment;
	}

	Answer get(String path, String... headers) {
		return send("GET", path, null, headers);
	}

	Answer post(String path, String body, String... headers) {
		return send("POST", path, body, headers);
	}

	Answer put(String path, String body, String... headers) {
		return send("PUT", path, body, headers);
	}

	Answer patch(String path, String body, String... headers) {
		return send("PATCH", path, body, headers);
	}

	Answer delete(String path, String... headers) {
		return send("DELETE", path, null, headers);
	}

	/** Names and values of headers follow one another; a later one replaces ours. */
	Answer send(String method, String path, String body, String... headers) {
		try {
			return answer(this.http.send(request(method, path, body, headers), HttpResponse.BodyHandlers.ofString()));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	CompletableFuture<Answer> sendLater(String method, String path, String body, String... headers) {
		return this.http.sendAsync(request(method, path, body, headers), HttpResponse.BodyHandlers.ofString())
			.thenApply(this::answer);
	}

	private HttpRequest request(String method, String path, String body, String... headers) {
		String port = Objects.requireNonNull(this.environment.getProperty("local.server.port"));
		String base = path.startsWith("/v3/") ? "" : "/api/v1";
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + base + path))
			.method(method,
					(body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody())
			.setHeader("Authorization", "Bearer " + TOKEN);
		if (body != null) {
			request.setHeader("Content-Type", "application/json");
		}
		for (int i = 0; i < headers.length; i += 2) {
			request.setHeader(headers[i], headers[i + 1]);
		}
		return request.build();
	}

	private Answer answer(HttpResponse<String> response) {
		return new Answer(response,
				response.body().isEmpty() ? this.mapper.missingNode() : this.mapper.readTree(response.body()));
	}

	/**
	 * What came back.
	 */
	record Answer(HttpResponse<String> response, JsonNode body) {

		int status() {
			return this.response.statusCode();
		}

		String header(String name) {
			return this.response.headers().firstValue(name).orElse("");
		}

		String text(String pointer) {
			return this.body.at(pointer).asString("");
		}

		/** The type of the problem, or what came instead of one. */
		String problem() {
			return header("Content-Type").startsWith("application/problem+json") ? text("/type")
					: this.response + " " + this.response.body();
		}

	}

}
