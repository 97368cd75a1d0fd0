package io.latchkey.api;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

import io.latchkey.api.ApiClient.Answer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A query parameter that a call does not know is refused: with it the call would do
 * something else than was meant.
 */
@ApiTest
class UnknownParametersWebTests {

	@Autowired
	private ApiClient api;

	@Test
	void makesNoGrantForADryRun() {
		this.api.put("/identities/up-ada", "{\"kind\": \"PERSON\"}");
		this.api.put("/nodes/up-node", "{\"address\": \"192.0.2.7\"}");
		String body = "{\"subject\": \"identity:up-ada\", \"target\": \"node:up-node\", \"account\": \"root\"}";
		Answer refused = this.api.post("/grants?dryRun=true&wait=PT0S&dryRun=false&W%41IT=1", body);
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.problem()).isEqualTo("/problems/malformed-request");
		assertThat(refused.body().at("/errors").findValuesAsString("field")).containsExactly("dryRun", "WAIT");
		assertThat(refused.text("/errors/0/message")).isEqualTo("Unknown parameter. Expected one of require, wait");
		assertThat(this.api.get("/grants?subject=identity:up-ada").body().at("/items").size()).isZero();
		assertThat(this.api.post("/grants?wait=PT0S", body).status()).isEqualTo(201);
	}

	@Test
	void boundsWhatItRepeats() {
		Answer refused = this.api.get("/status?" + "x".repeat(3000) + "=1");
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.response().body()).hasSizeLessThan(1500);
	}

	@Test
	void holdsForEveryCallAndKnowsWhatTheDocumentSays() {
		JsonNode paths = this.api.get("/v3/api-docs").body().at("/paths");
		int calls = 0;
		for (String path : paths.propertyNames()) {
			for (String method : paths.get(path).propertyNames()) {
				JsonNode operation = paths.get(path).get(method);
				if (path.startsWith("/api/v1/") && isOfTheProduct(operation)) {
					refuses(method.toUpperCase(Locale.ROOT), path, known(operation));
					calls++;
				}
			}
		}
		assertThat(calls).isGreaterThan(60);
	}

	private void refuses(String method, String path, TreeSet<String> known) {
		String address = path.substring("/api/v1".length()).replaceAll("\\{[^}]*}", "1");
		String body = List.of("GET", "DELETE").contains(method) ? null : "{}";
		Answer refused = this.api.send(method, address + "?no-such-parameter=1", body);
		assertThat(refused.status()).as("%s %s: %s", method, path, refused.response().body()).isEqualTo(400);
		assertThat(refused.text("/errors/0/message")).as("%s %s", method, path)
			.isEqualTo(known.isEmpty() ? "Unknown parameter. This call takes none"
					: "Unknown parameter. Expected one of " + String.join(", ", known));
	}

	/** Those of other tests have no name of their own. */
	private static boolean isOfTheProduct(JsonNode operation) {
		return Character.isUpperCase(operation.at("/tags/0").asString().charAt(0));
	}

	private static TreeSet<String> known(JsonNode operation) {
		TreeSet<String> known = new TreeSet<>();
		StreamSupport.stream(operation.at("/parameters").spliterator(), false)
			.filter((parameter) -> "query".equals(parameter.at("/in").asString()))
			.forEach((parameter) -> known.add(parameter.at("/name").asString()));
		return known;
	}

}
