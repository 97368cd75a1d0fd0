package io.latchkey.api;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import io.latchkey.api.ApiClient.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code GET /access}. */
@ApiTest
class AccessWebTests {

	@Autowired
	private ApiClient api;

	private final String name = "access-" + UUID.randomUUID();

	private int grant;

	@BeforeEach
	void grantAccess() {
		this.api.put("/identities/" + this.name, "{\"kind\": \"PERSON\"}");
		this.api.put("/nodes/" + this.name, "{\"address\": \"192.0.2.7\"}");
		this.grant = this.api
			.post("/grants?wait=PT0S",
					"{\"subject\": \"identity:%1$s\", \"target\": \"node:%1$s\", \"account\": \"root\"}"
						.formatted(this.name))
			.body()
			.at("/id")
			.asInt();
	}

	@Test
	void tellsWhoMayLogIn() {
		Answer now = this.api.get("/access?identity=" + this.name);
		assertThat(now.status()).isEqualTo(200);
		assertThat(now.body().at("/items").size()).isEqualTo(1);
		assertThat(now.text("/items/0/node")).isEqualTo(this.name);
		assertThat(now.text("/items/0/account")).isEqualTo("root");
		assertThat(now.body().at("/items/0/via/0").asInt()).isEqualTo(this.grant);
		assertThat(now.body().at("/items/0").has("until")).isFalse();
		assertThat(this.api.get("/access?node=" + this.name).body().at("/items")).isEqualTo(now.body().at("/items"));
		assertThat(this.api.get("/access?account=backup&node=" + this.name).body().at("/items").size()).isZero();
	}

	@Test
	void tellsOfAnotherTime() {
		Instant now = Instant.now();
		assertThat(count("&at=" + now.minus(1, ChronoUnit.HOURS))).isZero();
		assertThat(count("&at=" + now.plus(400, ChronoUnit.DAYS))).isEqualTo(1);
		assertThat(count("&since=" + now.minus(1, ChronoUnit.HOURS))).isEqualTo(1);
		assertThat(
				count("&since=%s&until=%s".formatted(now.minus(2, ChronoUnit.HOURS), now.minus(1, ChronoUnit.HOURS))))
			.isZero();
	}

	@Test
	void saysWhatWasExpected() {
		assertThat(this.api.get("/access").text("/errors/0/message"))
			.isEqualTo("The name of an identity or of a node was expected");
		Answer both = this.api
			.get("/access?node=%s&at=2026-03-03T00:00:00Z&since=2026-03-03T00:00:00Z".formatted(this.name));
		assertThat(both.status()).isEqualTo(422);
		assertThat(both.text("/errors/0/field")).isEqualTo("at");
		assertThat(
				this.api.get("/access?node=%s&until=2026-03-03T00:00:00Z".formatted(this.name)).text("/errors/0/field"))
			.isEqualTo("since");
		assertThat(this.api.get("/access?node=%s&at=yesterday".formatted(this.name)).status()).isEqualTo(400);
	}

	private int count(String time) {
		return this.api.get("/access?identity=" + this.name + time).body().at("/page/totalItems").asInt();
	}

}
