package io.latchkey.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

import io.latchkey.DataTest;
import io.latchkey.core.PublicAddress;
import io.latchkey.secrets.SecretVault;
import io.latchkey.secrets.Vaults;
import io.latchkey.users.Role;
import io.latchkey.users.TestUsers;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

@DataTest
class RememberedBrowsersDataTests {

	private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

	private final SecretVault vault = Vaults.fresh();

	@Autowired
	JdbcClient jdbc;

	@BeforeEach
	void makeUsers() {
		users(this.vault).users().create("alice", "correct horse battery", Role.ADMIN);
		users(this.vault).users().create("bob", "correct horse battery", Role.ADMIN);
	}

	@Test
	void knowsTheBrowserThatSignedIn() {
		Cookie cookie = remember("alice");
		assertThat(idOf("alice", cookie.getValue())).isPresent();
		assertThat(cookie.getMaxAge()).isEqualTo(Duration.ofDays(90).toSeconds());
		assertThat(cookie.isHttpOnly()).isTrue();
		assertThat(cookie.getAttribute("SameSite")).isEqualTo("Lax");
		assertThat(remember("alice").getValue()).isNotEqualTo(cookie.getValue());
		assertThat(idOf("alice", remember("alice").getValue())).isNotEqualTo(idOf("alice", cookie.getValue()));
	}

	@Test
	void takesItForNoOtherUser() {
		String value = remember("alice").getValue();
		assertThat(idOf("bob", value)).isEmpty();
		assertThat(idOf("Alice", value)).isEmpty();
		assertThat(idOf("nobody", remember("alice").getValue())).isEmpty();
	}

	@Test
	void takesNoForgedOne() {
		String value = remember("alice").getValue();
		String other = browsers(Vaults.fresh(), NOW).idOf("alice", value).orElse("none");
		assertThat(other).isEqualTo("none");
		assertThat(idOf("alice", value.substring(0, value.length() - 1) + (value.endsWith("A") ? "Q" : "A"))).isEmpty();
		assertThat(idOf("alice", "x" + value)).isEmpty();
		assertThat(idOf("alice", "")).isEmpty();
		assertThat(idOf("alice", ".")).isEmpty();
		assertThat(idOf("alice", this.vault.signer("form-token").sign("id 99999999999 mark alice"))).isEmpty();
		assertThat(idOf("alice", this.vault.signer("remembered-browser").sign("id 99999999999 mark alice"))).isEmpty();
	}

	@Test
	void endsAfterNinetyDays() {
		String value = remember("alice").getValue();
		assertThat(browsers(this.vault, NOW.plus(Duration.ofDays(90)).minusSeconds(1)).idOf("alice", value))
			.isPresent();
		assertThat(browsers(this.vault, NOW.plus(Duration.ofDays(90))).idOf("alice", value)).isEmpty();
	}

	@Test
	void endsWithThePassword() {
		String value = remember("alice").getValue();
		users(this.vault).passwords().set("alice", "another horse battery", "root");
		assertThat(idOf("alice", value)).isEmpty();
		assertThat(idOf("alice", remember("alice").getValue())).isPresent();
	}

	/** It was looked at while the other one was set. */
	@Test
	void remembersNoneOfTheFormerPassword() {
		SignInUser former = user("alice");
		users(this.vault).passwords().set("alice", "another horse battery", "root");
		MockHttpServletResponse response = new MockHttpServletResponse();
		browsers(this.vault, NOW).remember(former, new MockHttpServletRequest(), response);
		Cookie cookie = response.getCookie(RememberedBrowsers.COOKIE);
		assertThat(cookie).isNotNull();
		assertThat(idOf("alice", cookie.getValue())).isEmpty();
	}

	@Test
	void readsNoLongCookie() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setRemoteAddr("192.0.2.1");
		request.setCookies(new Cookie(RememberedBrowsers.COOKIE, "x".repeat(501)));
		assertThat(browsers(this.vault, NOW).originOf(request)).isEqualTo(new SignInOrigin("192.0.2.1", null));
	}

	private Cookie remember(String username) {
		MockHttpServletResponse response = new MockHttpServletResponse();
		browsers(this.vault, NOW).remember(user(username), new MockHttpServletRequest(), response);
		Cookie cookie = response.getCookie(RememberedBrowsers.COOKIE);
		assertThat(cookie).isNotNull();
		return cookie;
	}

	private SignInUser user(String username) {
		return (SignInUser) new SignInUsers(users(this.vault).users(), users(this.vault).passwords())
			.loadUserByUsername(username);
	}

	private Optional<String> idOf(String username, String cookie) {
		return browsers(this.vault, NOW).idOf(username, cookie);
	}

	private TestUsers users(SecretVault vault) {
		return new TestUsers(this.jdbc, vault, (event) -> {
		}, Clock.fixed(NOW, ZoneOffset.UTC));
	}

	private RememberedBrowsers browsers(SecretVault vault, Instant now) {
		return new RememberedBrowsers(vault, users(vault).passwords(), new SiteCookies(PublicAddress.NONE),
				Clock.fixed(now, ZoneOffset.UTC));
	}

}
