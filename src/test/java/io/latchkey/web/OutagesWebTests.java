package io.latchkey.web;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import io.latchkey.security.RawRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * While the database is away everybody is told so, and when to come again; once it is
 * back, all goes on as if nothing had been.
 */
@HostileTest
class OutagesWebTests {

	private static final String PERSON = "{\"name\": \"%s\", \"kind\": \"PERSON\"}";

	private static int names;

	@Autowired
	FailingDatabase database;

	@LocalServerPort
	int port;

	private Browser browser;

	@BeforeEach
	void signIn() throws IOException {
		this.browser = Browser.ofAdmin(this.port, "127.7.0.3");
	}

	@AfterEach
	void mendTheDatabase() {
		this.database.work();
	}

	@Test
	void nobodyIsToldThatTheyAreNotKnown() throws IOException {
		String form = this.browser.form("/sign-in", Map.of("username", "admin", "password", Browser.PASSWORD));
		this.database.goAway();
		isForAWhile(call("GET", "/api/v1/nodes", ""), "5");
		isForAWhile(this.browser.get("/nodes"), "5");
		isForAWhile(this.browser.get("/v3/api-docs"), "5");
		isForAWhile(this.browser.post("/sign-in", form), "5");
		isForAWhile(this.browser.post("/sign-out", form), "5");
		assertThat(this.browser.get("/assets/latchkey.css").status()).isEqualTo(200);
		assertThat(new Browser(this.port, "127.7.0.4").get("/sign-in").status()).isEqualTo(200);
		this.database.work();
		worksAgain();
	}

	@Test
	void aTokenThatCannotBeLookedUpIsNoBadOne() throws IOException {
		this.database.goAwayAt("api_token");
		for (int i = 0; i < 70; i++) {
			isForAWhile(call("GET", "/api/v1/nodes", ""), "5");
		}
		this.database.beBusyAt("api_token");
		isForAWhile(call("GET", "/api/v1/nodes", ""), "1");
		this.database.work();
		worksAgain();
	}

	@Test
	void aSessionThatCannotBeLookedUpGoesOn() throws IOException {
		this.database.goAwayAt("signed_in_session");
		isForAWhile(this.browser.get("/nodes"), "5");
		this.database.beBusyAt("signed_in_session");
		isForAWhile(this.browser.get("/nodes"), "1");
		this.database.work();
		worksAgain();
	}

	@Test
	void whatFailsInTheMiddleOfACallIsToldAsThat() throws IOException {
		for (String table : List.of("identity", "audit_")) {
			this.database.goAwayAt(table);
			String name = "away" + ++names;
			isForAWhile(call("POST", "/api/v1/identities", PERSON.formatted(name)), "5");
			this.database.work();
			assertThat(call("GET", "/api/v1/identities/" + name, "").status()).isEqualTo(404);
		}
		String form = this.browser.form("/add/identity", Map.of("name", "away" + ++names, "kind", "PERSON"));
		this.database.goAwayAt("identity");
		isForAWhile(this.browser.get("/identities"), "5");
		isForAWhile(this.browser.post("/add/identity", form), "5");
		this.database.work();
		worksAgain();
	}

	/** It may be there afterwards or not, and nobody is told that it is. */
	@Test
	void whatIsNotKnownToBeKeptIsNotAcknowledged() throws IOException {
		String form = this.browser.form("/add/identity", Map.of("name", "away" + ++names, "kind", "PERSON"));
		this.database.goAwayAtTheCommitOf("identity");
		isForAWhile(call("POST", "/api/v1/identities", PERSON.formatted("away" + ++names)), "5");
		this.database.goAwayAtTheCommitOf("identity");
		isForAWhile(this.browser.post("/add/identity", form), "5");
		this.database.work();
		worksAgain();
	}

	private void worksAgain() throws IOException {
		assertThat(this.browser.get("/nodes").status()).isEqualTo(200);
		assertThat(call("GET", "/api/v1/nodes", "").status()).isEqualTo(200);
		assertThat(call("POST", "/api/v1/identities", PERSON.formatted("back" + ++names)).status()).isEqualTo(201);
	}

	private static void isForAWhile(RawRequest.Answer answer, String seconds) {
		assertThat(answer.status()).as(answer.text()).isEqualTo(503);
		assertThat(answer.head()).contains("\r\nRetry-After: " + seconds);
		assertThat(answer.body()).containsAnyOf("That does not work at the moment", "/problems/database-unavailable",
				"/problems/others-writing");
	}

	private RawRequest.Answer call(String method, String path, String body) throws IOException {
		return new Browser(this.port, "127.7.0.5").send(method, path, "Authorization: Bearer " + HostileTest.TOKEN
				+ "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n", body);
	}

}
