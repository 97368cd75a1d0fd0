package io.latchkey.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import io.latchkey.SampleKeys;
import io.latchkey.api.ApiClient.Answer;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the contract says of all calls.
 */
@ApiTest
class ConventionsWebTests {

	@Autowired
	private ApiClient api;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void createsAtALocationWithAnEntityTag() {
		Answer created = this.api.post("/identities", identity("conv-created"));
		assertThat(created.status()).isEqualTo(201);
		assertThat(created.header("Location")).isEqualTo("/api/v1/identities/conv-created");
		assertThat(created.text("/name")).isEqualTo("conv-created");
		assertThat(this.api.get("/identities/conv-created").header("ETag")).isEqualTo(created.header("ETag"))
			.matches("\"\\d+\"");
	}

	@Test
	void refusesANameInUse() {
		this.api.post("/identities", identity("conv-used"));
		Answer refused = this.api.post("/identities", identity("conv-used"));
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.problem()).isEqualTo("/problems/name-in-use");
	}

	@Test
	void refusesUnknownFieldsAndOtherTypesAllAtOnce() {
		Answer refused = this.api.post("/grants", """
				{"subject": "identity:alice", "target": "node:web1", "account": 7, "durration": "PT2H",
				 "duration": "2 hours", "options": {"permit": "pty", "form": []}}""");
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.problem()).isEqualTo("/problems/malformed-request");
		assertThat(fields(refused)).containsExactlyInAnyOrder("account", "durration", "duration", "options.permit",
				"options.form");
		assertThat(refused.text("/instance")).isEqualTo("/api/v1/grants");
		assertThat(refused.text("/title")).isNotBlank();
		assertThat(refused.body().at("/status").intValue()).isEqualTo(400);
	}

	@Test
	void listsTheChoicesOfAChoice() {
		Answer refused = this.api.post("/identities", "{\"name\": \"conv-kind\", \"kind\": \"ROBOT\"}");
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.text("/errors/0/message")).contains("PERSON, SERVICE, CLUSTER, NODE");
	}

	@Test
	void allowsLegacyAlgorithmsOnlyWhereThatIsSaid() {
		this.api.post("/nodes", "{\"name\": \"conv-old\", \"address\": \"192.0.2.8\"}");
		Answer node = this.api.get("/nodes/conv-old");
		assertThat(node.text("/legacyAlgorithms")).isEqualTo("false");
		assertThat(this.api.patch("/nodes/conv-old", "{\"legacyAlgorithms\": true}", "If-Match", node.header("ETag"))
			.text("/legacyAlgorithms")).isEqualTo("true");
		assertThat(this.api.put("/nodes/conv-old", "{\"address\": \"192.0.2.8\"}").text("/legacyAlgorithms"))
			.isEqualTo("false");
		this.api.delete("/nodes/conv-old");
	}

	@Test
	void refusesMalformedNames() {
		for (String name : List.of("", "Upper", "-a", "a b", "a".repeat(64))) {
			Answer refused = this.api.post("/identities", "{\"name\": \"" + name + "\", \"kind\": \"PERSON\"}");
			assertThat(refused.status()).as(name).isEqualTo(422);
			assertThat(fields(refused)).containsExactly("name");
		}
		assertThat(this.api.put("/identities/UPPER", "{\"kind\": \"PERSON\"}").status()).isEqualTo(422);
	}

	@Test
	void refusesWhatIsNotJson() {
		for (String body : List.of("{", "{} {}", "{\"name\": 1, \"name\": 2}", "name=x")) {
			Answer refused = this.api.post("/identities", body);
			assertThat(refused.status()).as(body).isEqualTo(400);
			assertThat(refused.problem()).isEqualTo("/problems/malformed-json");
		}
		assertThat(this.api.send("POST", "/identities", null, "Content-Type", "application/json").problem())
			.isEqualTo("/problems/no-body");
	}

	@Test
	void answersEveryDeadEndWithAProblem() {
		assertThat(this.api.get("/nothing/here").problem()).isEqualTo("/problems/no-such-path");
		assertThat(this.api.get("/identities/conv-nobody").problem()).isEqualTo("/problems/not-found");
		assertThat(this.api.get("/grants/abc").problem()).isEqualTo("/problems/not-found");
		Answer method = this.api.put("/grants", "{}");
		assertThat(method.status()).isEqualTo(405);
		assertThat(method.header("Allow")).contains("POST");
		assertThat(method.problem()).isEqualTo("/problems/method-not-allowed");
		assertThat(this.api.post("/identities", "x", "Content-Type", "text/plain").problem())
			.isEqualTo("/problems/unsupported-media-type");
		assertThat(this.api.post("/identities", "{}", "Content-Type", "application/merge-patch+json").status())
			.isEqualTo(415);
		Answer notAcceptable = this.api.get("/identities", "Accept", "text/html");
		assertThat(notAcceptable.status()).isEqualTo(406);
		assertThat(notAcceptable.problem()).isEqualTo("/problems/not-acceptable");
	}

	@Test
	void asksStrangersForAToken() {
		Answer refused = this.api.get("/nothing/here", "Authorization", "Bearer nonsense");
		assertThat(refused.status()).isEqualTo(401);
		assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
		assertThat(refused.problem()).isEqualTo("/problems/unauthorized");
	}

	@Test
	void putCreatesAndThenReplaces() {
		Answer created = this.api.put("/teams/conv-put", "{\"displayName\": \"One\"}");
		assertThat(created.status()).isEqualTo(201);
		assertThat(created.header("Location")).isEqualTo("/api/v1/teams/conv-put");
		Answer replaced = this.api.put("/teams/conv-put", "{\"name\": \"conv-put\", \"displayName\": \"Two\"}");
		assertThat(replaced.status()).isEqualTo(200);
		assertThat(this.api.get("/teams/conv-put").text("/displayName")).isEqualTo("Two");
		assertThat(this.api.put("/teams/conv-put", "{\"name\": \"other\"}").status()).isEqualTo(422);
	}

	@Test
	void patchesByMergePatch() {
		this.api.put("/identities/conv-patch",
				"{\"kind\": \"PERSON\", \"displayName\": \"P\", \"email\": \"p@example.org\"}");
		Answer patched = this.api.patch("/identities/conv-patch", "{\"displayName\": null}", "Content-Type",
				"application/merge-patch+json");
		assertThat(patched.status()).isEqualTo(200);
		assertThat(patched.body().has("displayName")).isFalse();
		assertThat(patched.text("/email")).isEqualTo("p@example.org");
		assertThat(patched.header("ETag")).isEqualTo(this.api.get("/identities/conv-patch").header("ETag"));
		assertThat(this.api.patch("/identities/conv-patch", "{\"status\": \"SUSPENDED\"}").status()).isEqualTo(400);
		assertThat(this.api.patch("/identities/conv-patch", "{\"status\": \"ACTIVE\"}").status()).isEqualTo(200);
	}

	@Test
	void takesBackWhatItGave() {
		this.api.put("/nodes/conv-round", "{\"address\": \"192.0.2.1\", \"labels\": {\"a\": \"b\"}}");
		Answer read = this.api.get("/nodes/conv-round");
		Answer written = this.api.put("/nodes/conv-round", read.body().toString(), "If-Match", read.header("ETag"));
		assertThat(written.status()).as(written.response().body()).isEqualTo(200);
	}

	@Test
	void deletesAgain() {
		this.api.put("/teams/conv-gone", "{}");
		assertThat(this.api.delete("/teams/conv-gone").status()).isEqualTo(204);
		assertThat(this.api.delete("/teams/conv-gone").status()).isEqualTo(204);
		assertThat(this.api.get("/teams/conv-gone").status()).isEqualTo(404);
	}

	@Test
	void refusesToOverwriteWhatItsCallerHasNotSeen() {
		String seen = this.api.put("/identities/conv-match", "{\"kind\": \"PERSON\"}").header("ETag");
		assertThat(this.api.put("/identities/conv-match", "{\"kind\": \"SERVICE\"}", "If-Match", seen).status())
			.isEqualTo(200);
		Answer late = this.api.put("/identities/conv-match", "{\"kind\": \"PERSON\"}", "If-Match", seen);
		assertThat(late.status()).isEqualTo(412);
		assertThat(late.problem()).isEqualTo("/problems/precondition-failed");
		assertThat(
				this.api.patch("/identities/conv-match", "{\"email\": \"a@example.org\"}", "If-Match", seen).status())
			.isEqualTo(412);
		assertThat(this.api.patch("/identities/conv-match", "{}", "If-Match", "*").status()).isEqualTo(200);
		assertThat(this.api.put("/identities/conv-match-no", "{\"kind\": \"PERSON\"}", "If-Match", "*").status())
			.isEqualTo(412);
		assertThat(this.api.put("/identities/conv-match", "{\"kind\": \"PERSON\"}", "If-None-Match", "*").status())
			.isEqualTo(412);
	}

	@Test
	void listsByPages() {
		IntStream.range(0, 3).forEach((i) -> this.api.put("/clusters/conv-page-" + i, "{}"));
		Answer page = this.api.get("/clusters?q=conv-page&page=1&size=2&sort=name,desc");
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.text("/items/0/name")).isEqualTo("conv-page-0");
		assertThat(page.body().at("/page")).hasToString("{\"number\":1,\"size\":2,\"totalItems\":3,\"totalPages\":2}");
	}

	@Test
	void refusesPagesThatCannotBe() {
		for (String query : List.of("page=-1", "page=x", "size=0", "size=501", "size=1e2", "sort=shoe,asc",
				"sort=name,up", "page=99999999999")) {
			Answer refused = this.api.get("/identities?" + query);
			assertThat(refused.status()).as(query).isEqualTo(400);
			assertThat(fields(refused)).as(query).containsExactly(query.split("=")[0]);
		}
	}

	@Test
	void refusesToWaitForLongerThanItMay() {
		for (String wait : List.of("PT2M1S", "30", "-PT1S", "")) {
			Answer refused = this.api.post("/grants?wait=" + wait, "{}");
			assertThat(refused.status()).as(wait).isEqualTo(400);
			assertThat(fields(refused)).containsExactly("wait");
		}
	}

	@Test
	void repeatsTheFirstAnswerToARepeatedPost() {
		String key = UUID.randomUUID().toString();
		Answer first = this.api.post("/identities", identity("conv-idem"), "Idempotency-Key", key);
		Answer second = this.api.post("/identities", identity("conv-idem"), "Idempotency-Key", key);
		assertThat(second.status()).isEqualTo(201);
		assertThat(second.body()).isEqualTo(first.body());
		for (String header : List.of("Location", "ETag", "Content-Type")) {
			assertThat(second.header(header)).isNotEmpty().isEqualTo(first.header(header));
		}
		Answer other = this.api.post("/identities", identity("conv-idem-2"), "Idempotency-Key", key);
		assertThat(other.status()).isEqualTo(422);
		assertThat(other.problem()).isEqualTo("/problems/idempotency-key-reused");
	}

	@Test
	void repeatsARefusalToo() {
		String key = UUID.randomUUID().toString();
		assertThat(this.api.post("/identities", "{}", "Idempotency-Key", key).status()).isEqualTo(422);
		assertThat(this.api.post("/identities", "{}", "Idempotency-Key", key).problem())
			.isEqualTo("/problems/invalid-input");
	}

	@Test
	void carriesOutOneOfManyEqualPosts() {
		String key = UUID.randomUUID().toString();
		List<CompletableFuture<Answer>> answers = IntStream.range(0, 8)
			.mapToObj((i) -> this.api.sendLater("POST", "/identities", identity("conv-race"), "Idempotency-Key", key))
			.toList();
		assertThat(answers.stream().map(CompletableFuture::join).map(Answer::status).distinct()).contains(201)
			.isSubsetOf(201, 409);
		assertThat(this.api.post("/identities", identity("conv-race"), "Idempotency-Key", key).status()).isEqualTo(201);
	}

	@Test
	void keepsNoRepeatableAnswerInClear() {
		String key = UUID.randomUUID().toString();
		assertThat(this.api.post("/identities", identity("conv-sealed"), "Idempotency-Key", key).status())
			.isEqualTo(201);
		String kept = this.jdbc.sql("select answer from idempotent_answer where idempotency_key = ?")
			.param(key)
			.query(String.class)
			.single();
		assertThat(kept).hasSizeGreaterThan(300)
			.doesNotContain("conv-sealed")
			.satisfies((text) -> assertThat(new String(Base64.getDecoder().decode(text), StandardCharsets.ISO_8859_1))
				.doesNotContain("conv-sealed"));
	}

	@Test
	void takesFingerprintsInPathsPercentEncoded() {
		this.api.post("/identities", identity("conv-keys"));
		for (int i = 0; i < 8; i++) {
			Answer added = this.api.post("/identities/conv-keys/keys",
					"{\"publicKey\": \"" + SampleKeys.ed25519() + "\"}");
			assertThat(added.status()).isEqualTo(201);
			String path = added.header("Location").substring("/api/v1".length());
			assertThat(this.api.get(path).text("/fingerprint")).as(path).isEqualTo(added.text("/fingerprint"));
			assertThat(this.api.delete(path).status()).as(path).isEqualTo(204);
			assertThat(this.api.get(path).status()).as(path).isEqualTo(404);
		}
	}

	@Test
	void namesWhatIsWrongWithAKey() {
		this.api.post("/identities", identity("conv-bad-keys"));
		String path = "/identities/conv-bad-keys/keys";
		assertThat(this.api.post(path, "{\"publicKey\": \"ssh-ed25519 AAAA\"}").problem())
			.isEqualTo("/problems/invalid-key");
		assertThat(this.api.post(path, "{\"publicKey\": \"" + SampleKeys.rsa(1024) + "\"}").problem())
			.isEqualTo("/problems/weak-key");
		assertThat(this.api.post(path, "{\"publicKey\": \"-----BEGIN OPENSSH PRIVATE KEY-----\\nAAAA\"}").problem())
			.isEqualTo("/problems/private-key");
		String key = "{\"publicKey\": \"" + SampleKeys.ed25519() + "\"}";
		this.api.post(path, key);
		Answer duplicate = this.api.post(path, key);
		assertThat(duplicate.status()).isEqualTo(409);
		assertThat(duplicate.problem()).isEqualTo("/problems/duplicate-key");
		assertThat(duplicate.text("/detail")).contains("conv-bad-keys");
	}

	@Test
	void rejectsOddPathsWithAProblem() {
		assertThat(this.api.get("/identities/a;b=c").problem()).isEqualTo("/problems/ambiguous-path");
	}

	@Test
	void keepsARevokedGrantOnRecord() {
		this.api.post("/identities", identity("conv-grantee"));
		this.api.post("/nodes", "{\"name\": \"conv-node\", \"address\": \"192.0.2.7\"}");
		String body = """
				{"subject": "identity:conv-grantee", "target": "node:conv-node", "account": "root", "duration": "PT2H",
				 "options": {"permit": ["pty"], "restrict": true}}""";
		Answer preview = this.api.post("/grants/preview", body);
		assertThat(preview.text("/nodes/0/node")).isEqualTo("conv-node");
		assertThat(preview.text("/nodes/0/unchanged")).isEqualTo("NO_KEY");
		assertThat(preview.text("/nodes/0/held")).isEqualTo("NOT_ENROLLED");
		assertThat(this.api.get("/grants?subject=identity:conv-grantee").body().at("/items").size()).isZero();
		Answer issued = this.api.post("/grants", body);
		assertThat(issued.status()).isEqualTo(201);
		assertThat(issued.body().at("/delivery/pending").intValue()).isEqualTo(1);
		String path = issued.header("Location").substring("/api/v1".length());
		Answer extended = this.api.patch(path, "{\"expiresAt\": \"2999-01-01T00:00:00Z\"}", "If-Match",
				issued.header("ETag"));
		assertThat(extended.text("/expiresAt")).isEqualTo("2999-01-01T00:00:00Z");
		assertThat(this.api.delete(path + "?endSessions=perhaps").status()).isEqualTo(400);
		assertThat(this.api.get(path).text("/status")).isEqualTo("ACTIVE");
		assertThat(this.api.delete(path + "?endSessions=true").status()).isEqualTo(200);
		assertThat(this.api.delete(path).text("/status")).isEqualTo("REVOKED");
		assertThat(this.api.get(path).text("/revokedBy")).isEqualTo("token:bootstrap");
	}

	@Test
	void theRecordIsIntactFromTheFirstStartOn() {
		Answer verified = this.api.get("/audit/verify");
		assertThat(verified.body().at("/intact").booleanValue()).as(verified.response().body()).isTrue();
		assertThat(verified.body().at("/checked").intValue()).isPositive();
	}

	@Test
	void servesAnOpenApiDocumentOfEveryPath() {
		Answer document = this.api.get("/v3/api-docs");
		assertThat(document.status()).isEqualTo(200);
		assertThat(document.body().at("/paths").propertyNames()).contains("/api/v1/identities",
				"/api/v1/identities/{name}/suspend", "/api/v1/identities/{name}/keys/{fingerprint}",
				"/api/v1/teams/{name}/members/{identity}", "/api/v1/nodes/{name}/enrol", "/api/v1/nodes/{name}/runs",
				"/api/v1/clusters/{name}/nodes/{node}", "/api/v1/grants/{id}", "/api/v1/status", "/api/v1/tokens/{id}",
				"/api/v1/management-key", "/api/v1/audit/verify");
		for (String taking : List.of("/api/v1/grants/{id}/delete", "/api/v1/identities/{name}/suspend/post",
				"/api/v1/identities/{name}/keys/{fingerprint}/delete")) {
			int method = taking.lastIndexOf('/');
			assertThat(document.body()
				.at("/paths/%s%s/parameters".formatted(taking.substring(0, method).replace("/", "~1"),
						taking.substring(method)))
				.findValuesAsString("name")).contains("endSessions", "wait").doesNotContain("sessions");
		}
		assertThat(document.text("/components/securitySchemes/bearer/scheme")).isEqualTo("bearer");
		assertThat(document.body().at("/components/schemas/Problem/properties/errors").isObject()).isTrue();
		assertThat(document.body().at("/paths/~1api~1v1~1grants/post/responses/201/headers/ETag").isObject()).isTrue();
		assertThat(document.body().at("/paths/~1api~1v1~1teams~1{name}/put/responses").propertyNames()).contains("200",
				"201", "400", "401", "403", "404", "406", "409", "412", "415", "422", "429");
		assertThat(document.body().at("/paths/~1api~1v1~1nodes~1{name}~1enrol/post/responses").propertyNames())
			.contains("409", "422", "502", "504");
	}

	private static String identity(String name) {
		return "{\"name\": \"" + name + "\", \"kind\": \"PERSON\"}";
	}

	private static List<String> fields(Answer answer) {
		return StreamSupport.stream(answer.body().at("/errors").spliterator(), false)
			.map((error) -> error.at("/field").asString())
			.toList();
	}

}
