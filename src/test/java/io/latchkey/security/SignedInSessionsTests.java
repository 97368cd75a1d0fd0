package io.latchkey.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.TestingAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;

class SignedInSessionsTests {

	private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

	private final SignedInSessions sessions = new SignedInSessions(3, 5, Clock.fixed(NOW, ZoneOffset.UTC));

	@Test
	void makesASessionForWhoSignsIn() {
		MockHttpSession session = signIn("alice");
		assertThat(session.isInvalid()).isFalse();
		assertThat(this.sessions.count()).isOne();
	}

	@Test
	void keepsSoManyOfOneUser() {
		MockHttpSession first = signIn("alice");
		MockHttpSession second = signIn("alice");
		first.access();
		signIn("alice");
		assertThat(second.isInvalid()).isFalse();
		for (int i = 0; i < 100; i++) {
			signIn("alice");
		}
		assertThat(first.isInvalid()).isTrue();
		assertThat(second.isInvalid()).isTrue();
		assertThat(this.sessions.count()).isEqualTo(3);
	}

	@Test
	void letsTheOneGoThatWasNotUsedForLongest() throws Exception {
		MockHttpSession used = signIn("alice");
		MockHttpSession idle = signIn("alice");
		signIn("alice");
		// Its last use is told in milliseconds.
		while (used.getLastAccessedTime() <= idle.getLastAccessedTime()) {
			used.access();
		}
		signIn("alice");
		assertThat(used.isInvalid()).isFalse();
	}

	@Test
	void keepsSoManyOfAll() {
		for (int i = 0; i < 100; i++) {
			signIn("user" + i);
		}
		assertThat(this.sessions.count()).isEqualTo(5);
	}

	@Test
	void forgetsASessionThatEnds() {
		signIn("alice").invalidate();
		assertThat(this.sessions.count()).isZero();
	}

	@Test
	void endsASessionADayAfterSignIn() {
		SignedInSessions then = new SignedInSessions(
				Clock.fixed(NOW.minus(Duration.ofHours(24)).minusMillis(1), ZoneOffset.UTC));
		MockHttpSession old = signIn(then, "alice");
		assertThat(then.endIfOver(old)).isFalse();
		assertThat(this.sessions.endIfOver(old)).isTrue();
		assertThat(old.isInvalid()).isTrue();
		assertThat(then.count()).isZero();
		assertThat(this.sessions.endIfOver(signIn("alice"))).isFalse();
	}

	private MockHttpSession signIn(String name) {
		return signIn(this.sessions, name);
	}

	private static MockHttpSession signIn(SignedInSessions sessions, String name) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		sessions.onAuthentication(new TestingAuthenticationToken(name, ""), request, new MockHttpServletResponse());
		return (MockHttpSession) request.getSession();
	}

}
