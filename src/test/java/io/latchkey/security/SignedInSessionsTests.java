package io.latchkey.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SignedInSessionsTests {

	private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

	private Optional<String> mark = Optional.of("one");

	private final List<Object> recorded = new ArrayList<>();

	private final SignedInSessions sessions = new SignedInSessions(3, 5, (user) -> this.mark, this.recorded::add,
			TransactionOperations.withoutTransaction(), Clock.fixed(NOW, ZoneOffset.UTC));

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
		MockHttpSession old = signIn("alice");
		at(NOW.plus(Duration.ofHours(24))).endIfOver(old);
		assertThat(old.isInvalid()).isFalse();
		at(NOW.plus(Duration.ofHours(24)).plusMillis(1)).endIfOver(old);
		assertThat(old.isInvalid()).isTrue();
		assertThat(this.sessions.count()).isZero();
		assertThat(this.recorded).last().isEqualTo(ended(SessionEnded.Cause.TOO_OLD));
	}

	@Test
	void endsASessionWhoseUserGotAnotherPassword() {
		MockHttpSession session = signIn("alice");
		this.sessions.endIfOver(session);
		assertThat(session.isInvalid()).isFalse();
		this.mark = Optional.of("two");
		this.sessions.endIfOver(session);
		assertThat(session.isInvalid()).isTrue();
		assertThat(this.recorded).last().isEqualTo(ended(SessionEnded.Cause.PASSWORD_SET));
		MockHttpSession next = signIn("alice");
		this.mark = Optional.empty();
		this.sessions.endIfOver(next);
		assertThat(next.isInvalid()).isTrue();
	}

	/** It was looked at while the other one was set. */
	@Test
	void endsASessionThatBeganWithTheFormerPassword() {
		Authentication former = password("alice");
		this.mark = Optional.of("two");
		MockHttpServletRequest request = new MockHttpServletRequest();
		this.sessions.onAuthentication(former, request, new MockHttpServletResponse());
		MockHttpSession session = (MockHttpSession) request.getSession();
		this.sessions.endIfOver(session);
		assertThat(session.isInvalid()).isTrue();
	}

	@Test
	void recordsEachOnceAndWhyItEnded() {
		MockHttpSession first = signIn("alice");
		assertThat(this.recorded).containsExactly(new SignedIn("alice", "127.0.0.1"));
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setSession(first);
		this.sessions.logout(request, new MockHttpServletResponse(), null);
		first.invalidate();
		assertThat(this.recorded).hasSize(2).last().isEqualTo(ended(SessionEnded.Cause.SIGNED_OUT));
		signIn("alice").invalidate();
		assertThat(this.recorded).hasSize(4).last().isEqualTo(ended(SessionEnded.Cause.UNUSED));
		for (int i = 0; i < 4; i++) {
			signIn("alice");
		}
		assertThat(this.recorded).hasSize(9).last().isEqualTo(ended(SessionEnded.Cause.MADE_ROOM));
	}

	@Test
	void recordsThatSomebodySignedInAgain() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setSession(signIn("alice"));
		this.sessions.onAuthentication(password("bob"), request, new MockHttpServletResponse());
		assertThat(this.recorded).contains(new SignedIn("bob", "127.0.0.1"))
			.last()
			.isEqualTo(ended(SessionEnded.Cause.SIGNED_IN_AGAIN));
		assertThat(this.sessions.count()).isOne();
	}

	@Test
	void beginsNoneThatIsNotOnRecord() {
		SignedInSessions unrecorded = new SignedInSessions(3, 5, (user) -> this.mark, (event) -> {
			throw new IllegalStateException("The record is full");
		}, TransactionOperations.withoutTransaction(), Clock.fixed(NOW, ZoneOffset.UTC));
		MockHttpServletRequest request = new MockHttpServletRequest();
		assertThatIllegalStateException()
			.isThrownBy(() -> unrecorded.onAuthentication(password("alice"), request, new MockHttpServletResponse()));
		assertThat(request.getSession(false)).isNull();
	}

	@Test
	void recordsNoneWhenTheServerStops() {
		MockHttpSession session = signIn("alice");
		this.sessions.close();
		session.invalidate();
		assertThat(this.recorded).hasSize(1);
	}

	private static SessionEnded ended(SessionEnded.Cause cause) {
		return new SessionEnded("alice", "127.0.0.1", NOW, cause);
	}

	private SignedInSessions at(Instant now) {
		return new SignedInSessions(3, 5, (user) -> this.mark, this.recorded::add,
				TransactionOperations.withoutTransaction(), Clock.fixed(now, ZoneOffset.UTC));
	}

	private Authentication password(String name) {
		return new TestingAuthenticationToken(new SignInUser(name, "", this.mark.orElseThrow(), List.of()), "");
	}

	private MockHttpSession signIn(String name) {
		return signIn(this.sessions, name);
	}

	private MockHttpSession signIn(SignedInSessions sessions, String name) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		sessions.onAuthentication(password(name), request, new MockHttpServletResponse());
		return (MockHttpSession) request.getSession();
	}

}
