package io.latchkey.pages;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.LocalDate;
import java.time.ZoneOffset;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** Who came in, with few rows and with many. */
@BrowserTest
class LoginsBrowserTests {

	private static final String NODE = "rnmcluster02-node01";

	private static final String KEY = "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU";

	@Autowired
	private Visitor visitor;

	@Autowired
	private JdbcClient jdbc;

	@AfterEach
	void clear() {
		this.jdbc.sql("delete from login").update();
	}

	@Test
	void areReadInEveryLookWithThreeRowsAndAThousand() {
		login(1, "ACCEPTED", "publickey", KEY, "GRANTED", "alice", true);
		login(2, "ACCEPTED", "publickey", KEY, "UNGRANTED", null, false);
		login(3, "REFUSED", "password", null, null, null, false);
		inEveryLook("logins-three");
		for (int i = 4; i <= 1_000; i++) {
			login(i, "ACCEPTED", "publickey", KEY, "GRANTED", "alice", true);
		}
		inEveryLook("logins-thousand");
	}

	@Test
	void areFiltered() {
		login(1, "ACCEPTED", "publickey", KEY, "GRANTED", "alice", true);
		login(2, "REFUSED", "password", null, null, null, true);
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate("/logins");
			assertThat(page.locator("#rows tbody tr")).hasCount(2);
			page.selectOption("#outcome", "ACCEPTED");
			assertThat(page.locator("#rows tbody tr")).hasCount(1);
			assertThat(page.locator("#rows tbody tr")).containsText("alice");
		});
	}

	@Test
	void areCountedByDay() {
		for (int i = 1; i <= 400; i++) {
			login(i * 90, "ACCEPTED", "publickey", KEY, "GRANTED", (i % 3 == 0) ? "alice" : "bob", true);
		}
		inEveryLook("logins-chart", "/logins/chart?by=identity");
		this.jdbc.sql("delete from login").update();
		inEveryLook("logins-chart-empty", "/logins/chart");
	}

	/** The sandbox's grants began just now: as if they had long stood. */
	@Test
	void tellWhatIsNotUsed() {
		Timestamp before = Timestamp.from(Instant.now().minus(Duration.ofDays(80)));
		this.jdbc.sql("update access_grant set starts_at = :at").param("at", before).update();
		this.jdbc.sql("update identity_key set added_at = :at").param("at", before).update();
		inEveryLook("grants-unused", "/grants/unused");
		inEveryLook("keys-unused", "/keys/unused");
		inEveryLook("node-uses", "/nodes/" + NODE);
		inEveryLook("node-sessions-unasked", "/nodes/" + NODE + "/sessions");
		inEveryLook("grants-unused-none", "/grants/unused?days=90");
	}

	@Test
	void tellWhoCouldLogIn() {
		inEveryLook("access-unasked", "/access");
		inEveryLook("access", "/access?node=" + NODE);
		inEveryLook("access-day", "/access?node=" + NODE + "&when=" + LocalDate.now(ZoneOffset.UTC));
		inEveryLook("access-nobody", "/access?node=" + NODE + "&account=nobody");
		inEveryLook("access-when", "/access?identity=alice&when=yesterday");
	}

	private void inEveryLook(String name) {
		inEveryLook(name, "/logins");
	}

	private void inEveryLook(String name, String path) {
		this.visitor.asAdmin(Look.DESK_LIGHT, (page) -> {
			page.navigate(path);
			EveryPageBrowserTests.inspectInEveryLook(page, name);
		});
	}

	private void login(int ago, String outcome, String method, String key, String standing, String identity,
			boolean proved) {
		Instant at = Instant.now().minusSeconds(60L * ago);
		this.jdbc.sql("""
				insert into login (at, since, times, logged_on, counted, node, account, outcome, method, address,
				fingerprint, standing, identity, grant_id, proved) values (:at, :at, 1, :day, false, :node, 'deploy',
				:outcome, :method, '2001:db8::17', :key, :standing, :identity, :grant, :proved)""")
			.param("at", Timestamp.from(at))
			.param("day", LocalDate.ofInstant(at, ZoneOffset.UTC))
			.param("node", NODE)
			.param("outcome", outcome)
			.param("method", method)
			.param("key", key)
			.param("standing", standing)
			.param("identity", identity)
			.param("grant", (identity != null) ? 1 : null)
			.param("proved", proved)
			.update();
	}

}
