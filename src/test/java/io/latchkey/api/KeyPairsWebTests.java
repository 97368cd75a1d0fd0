package io.latchkey.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.latchkey.api.ApiClient.Answer;
import io.latchkey.openssh.PublicKeyText;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A key pair that is made here: given out once, stored by its public half alone.
 */
@ApiTest
class KeyPairsWebTests {

	private static final String PASSPHRASE = "a passphrase of 4 words";

	@Autowired
	private ApiClient api;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void givesTheWholePairAndKeepsThePublicHalf() throws Exception {
		person("pair-made");
		Answer made = this.api.post("/identities/pair-made/key-pairs",
				"{\"kind\": \"ED25519\", \"comment\": \"home\"}");
		assertThat(made.status()).as(made.response().body()).isEqualTo(201);
		assertThat(made.header("Cache-Control")).contains("no-store");
		String fingerprint = made.text("/key/fingerprint");
		assertThat(made.text("/openSsh")).startsWith("-----BEGIN OPENSSH PRIVATE KEY-----\n");
		assertThat(PublicKeyText.parse(made.text("/putty").replaceAll("Private-(.|\\n)*", "")).key().fingerprint())
			.hasToString(fingerprint);
		assertThat(this.api.get("/identities/pair-made").text("/keys/0/fingerprint")).isEqualTo(fingerprint);
		assertThat(this.api.get("/identities/pair-made").text("/keys/0/comment")).isEqualTo("home");
		assertThat(this.api.get("/audit?subject=identity:pair-made&action=key-pair.made").text("/items/0/detail"))
			.isEqualTo(fingerprint + " without a passphrase");
		assertThat(everythingStored()).contains(fingerprint).doesNotContain(secretPieces(made));
	}

	@Test
	void keepsNoAnswerForARepeat() {
		person("pair-repeated");
		String key = UUID.randomUUID().toString();
		String body = "{\"kind\": \"ECDSA_256\", \"passphrase\": \"" + PASSPHRASE + "\"}";
		assertThat(this.api.post("/identities/pair-repeated/key-pairs", body, "Idempotency-Key", key).status())
			.isEqualTo(201);
		Answer again = this.api.post("/identities/pair-repeated/key-pairs", body, "Idempotency-Key", key);
		assertThat(again.status()).isEqualTo(409);
		assertThat(again.problem()).isEqualTo("/problems/given-once");
		assertThat(this.api.get("/identities/pair-repeated").body().at("/keys")).hasSize(1);
		assertThat(this.jdbc.sql("select answer from idempotent_answer where idempotency_key = ?")
			.param(key)
			.query(String.class)
			.single()).hasSizeLessThan(300);
	}

	@Test
	void refusesAPassphraseThatSystemsReadDifferently() {
		person("pair-refused");
		for (String passphrase : List.of("short", "füllwörter sind lang", "with\\ttab in it", "x".repeat(300), "")) {
			Answer refused = this.api.post("/identities/pair-refused/key-pairs",
					"{\"kind\": \"ED25519\", \"passphrase\": \"" + passphrase + "\"}");
			assertThat(refused.status()).as(passphrase).isEqualTo(422);
			assertThat(refused.text("/errors/0/field")).isEqualTo("passphrase");
			assertThat(refused.response().body()).doesNotContain("füllwörter");
		}
		assertThat(this.api.post("/identities/pair-refused/key-pairs", "{}").status()).isEqualTo(422);
		assertThat(this.api.post("/identities/nobody-is-called-so/key-pairs", "{\"kind\": \"ED25519\"}").status())
			.isEqualTo(404);
		assertThat(this.api.get("/identities/pair-refused").body().at("/keys")).isEmpty();
	}

	@Test
	void takesThePlaceOfAnotherKey() {
		person("pair-renewed");
		String old = this.api.post("/identities/pair-renewed/key-pairs", "{\"kind\": \"ED25519\"}")
			.text("/key/fingerprint");
		Answer made = this.api.post("/identities/pair-renewed/key-pairs",
				"{\"kind\": \"ED25519\", \"replaces\": \"%s\"}".formatted(old));
		assertThat(made.status()).as(made.response().body()).isEqualTo(201);
		Answer identity = this.api.get("/identities/pair-renewed");
		assertThat(identity.text("/keys/0/fingerprint")).isEqualTo(old);
		assertThat(Duration.between(Instant.now(), Instant.parse(identity.text("/keys/0/expiresAt"))))
			.isBetween(Duration.ofDays(6), Duration.ofDays(7));
		assertThat(identity.body().at("/keys/1").has("expiresAt")).isFalse();

		Answer alone = this.api.post("/identities/pair-renewed/key-pairs",
				"{\"kind\": \"ED25519\", \"overlap\": \"P7D\"}");
		assertThat(alone.status()).isEqualTo(422);
		assertThat(alone.text("/errors/0/field")).isEqualTo("overlap");
		Answer others = this.api.post("/identities/pair-renewed/keys", """
				{"publicKey": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBERERERERERERERERERERERERERERERERERERERERER",
				 "replaces": "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""");
		assertThat(others.status()).isEqualTo(422);
		assertThat(others.text("/errors/0/field")).isEqualTo("replaces");
		assertThat(this.api.get("/identities/pair-renewed").body().at("/keys")).hasSize(2);
	}

	@Test
	void isForPeopleAndServices() {
		this.api.post("/identities", "{\"name\": \"pair-cluster\", \"kind\": \"CLUSTER\"}");
		Answer refused = this.api.post("/identities/pair-cluster/key-pairs", "{\"kind\": \"ED25519\"}");
		assertThat(refused.status()).isEqualTo(422);
		assertThat(refused.text("/errors/0/message")).contains("person or a service");
	}

	@Test
	void isForAdministrators() {
		person("pair-operator");
		String token = this.api.post("/tokens", "{\"name\": \"pair-operator\", \"role\": \"OPERATOR\"}").text("/token");
		Answer refused = this.api.post("/identities/pair-operator/key-pairs", "{\"kind\": \"ED25519\"}",
				"Authorization", "Bearer " + token);
		assertThat(refused.status()).isEqualTo(403);
		assertThat(this.api.get("/identities/pair-operator").body().at("/keys")).isEmpty();
	}

	private void person(String name) {
		assertThat(this.api.post("/identities", "{\"name\": \"" + name + "\", \"kind\": \"PERSON\"}").status())
			.isEqualTo(201);
	}

	/** Lines of base64 from the middle of the private part, of both formats. */
	private static List<String> secretPieces(Answer made) {
		List<String> openSsh = made.text("/openSsh").lines().toList();
		List<String> putty = made.text("/putty").lines().toList();
		return List.of(openSsh.get(3), openSsh.get(4), putty.get(putty.size() - 2));
	}

	private String everythingStored() {
		return String.join("\n", this.jdbc.sql("script").query(String.class).list());
	}

}
