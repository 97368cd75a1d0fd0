package io.latchkey.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.latchkey.DataTest;
import io.latchkey.core.PublicAddress;
import io.latchkey.secrets.SecretVault;
import io.latchkey.secrets.Vaults;
import io.latchkey.users.Role;
import io.latchkey.users.TestUsers;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

@DataTest
class SignedInSessionsDataTests {

	private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

	private final SecretVault vault = Vaults.fresh();

	private final List<Object> recorded = new ArrayList<>();

	@Autowired
	JdbcClient jdbc;

	private SignedInSessions sessions;

	@BeforeEach
	void makeUsers() {
		for (String name : List.of("alice", "bob")) {
			users().users().create(name, "correct horse battery", Role.ADMIN);
		}
		this.recorded.clear();
		this.sessions = at(NOW);
	}

	@Test
	void keepsNothingThatWouldLetAThiefIn() {
		MockHttpServletResponse response = signIn("alice", this.sessions).response();
		Cookie cookie = cookie(response);
		assertThat(cookie.getValue()).hasSize(43);
		assertThat(cookie.isHttpOnly()).isTrue();
		assertThat(cookie.getMaxAge()).isNegative();
		assertThat(this.jdbc.sql("select * from signed_in_session").query().listOfRows()).singleElement()
			.asString()
			.doesNotContain(cookie.getValue())
			.contains(new SessionSecret(cookie.getValue()).hash());
		String stolen = new SessionSecret(cookie.getValue()).hash();
		assertThat(open(this.sessions, stolen)).isFalse();
		assertThat(open(this.sessions, stolen.substring(0, 43))).isFalse();
	}

	@Test
	void outlivesTheProcess() {
		SignIn signIn = signIn("alice", this.sessions);
		this.sessions.close();
		signIn.session().invalidate();
		assertThat(this.recorded).hasSize(1);
		assertThat(open(at(NOW.plusSeconds(60)), cookie(signIn.response()).getValue())).isTrue();
	}

	@Test
	void endsInAnotherProcessWithTheNextRequest() {
		SignIn signIn = signIn("alice", this.sessions);
		OwnSessions elsewhere = new OwnSessions(at(NOW));
		elsewhere.end("bob", elsewhere.of("alice", null).get(0).id());
		assertThat(elsewhere.of("alice", null)).hasSize(1);
		elsewhere.end("alice", elsewhere.of("alice", null).get(0).id());
		assertThat(this.recorded).last().isEqualTo(ended(SessionEnded.Cause.ENDED_BY_OWNER));
		look(this.sessions, signIn.session());
		assertThat(signIn.session().isInvalid()).isTrue();
		assertThat(this.recorded).hasSize(2);
		assertThat(open(at(NOW), cookie(signIn.response()).getValue())).isFalse();
	}

	@Test
	void showsEachToItsOwner() {
		SignIn first = signIn("alice", this.sessions);
		signIn("bob", this.sessions);
		signIn("alice", at(NOW.plusSeconds(1)));
		OwnSessions own = new OwnSessions(at(NOW.plusSeconds(2)));
		assertThat(own.of("alice", first.session()))
			.extracting(OwnSession::browser, OwnSession::address, OwnSession::current)
			.containsExactly(tuple("Firefox on Linux", "127.0.0.1", false),
					tuple("Firefox on Linux", "127.0.0.1", true));
		own.endOthers("alice", first.session());
		assertThat(own.of("alice", first.session())).extracting(OwnSession::current).containsExactly(true);
		assertThat(own.of("bob", null)).hasSize(1);
	}

	@Test
	void writesTheLastUseOnceAMinute() {
		MockHttpSession session = signIn("alice", this.sessions).session();
		look(at(NOW.plusSeconds(59)), session);
		assertThat(lastUsed()).isEqualTo(NOW);
		look(at(NOW.plusSeconds(60)), session);
		assertThat(lastUsed()).isEqualTo(NOW.plusSeconds(60));
	}

	@Test
	void keepsSoManyOfOneUser() {
		MockHttpSession first = signIn("alice", this.sessions).session();
		signIn("bob", this.sessions);
		for (int i = 1; i <= SignedInSessions.MOST_OF_A_USER; i++) {
			signIn("alice", at(NOW.plusSeconds(i)));
		}
		look(this.sessions, first);
		assertThat(first.isInvalid()).isTrue();
		OwnSessions own = new OwnSessions(this.sessions);
		assertThat(own.of("alice", null)).hasSize(SignedInSessions.MOST_OF_A_USER);
		assertThat(own.of("bob", null)).hasSize(1);
		assertThat(this.recorded).contains(ended(SessionEnded.Cause.MADE_ROOM));
	}

	@Test
	void endsASessionADayAfterSignIn() {
		SignIn old = signIn("alice", this.sessions);
		for (int hours = 7; hours < 24; hours += 7) {
			look(at(NOW.plus(Duration.ofHours(hours))), old.session());
		}
		look(at(NOW.plus(Duration.ofHours(24))), old.session());
		assertThat(old.session().isInvalid()).isFalse();
		look(at(NOW.plus(Duration.ofHours(24)).plusMillis(1)), old.session());
		assertThat(old.session().isInvalid()).isTrue();
		assertThat(this.recorded).last().isEqualTo(ended(SessionEnded.Cause.TOO_OLD));
	}

	@Test
	void endsWhatWasNotUsedForHours() {
		String cookie = cookie(signIn("alice", this.sessions).response()).getValue();
		assertThat(open(at(NOW.plus(Duration.ofHours(8)).plusMillis(1)), cookie)).isFalse();
		assertThat(this.recorded).last().isEqualTo(ended(SessionEnded.Cause.UNUSED));
		signIn("alice", this.sessions);
		signIn("bob", at(NOW.plus(Duration.ofHours(9))));
		assertThat(this.recorded).last().isEqualTo(ended(SessionEnded.Cause.UNUSED));
		assertThat(this.jdbc.sql("select count(*) from signed_in_session").query(Long.class).single()).isOne();
	}

	/** The one of a request that came meanwhile, or of another process, goes on. */
	@Test
	void losesNoSessionThatIsUsedElsewhere() {
		SignIn signIn = signIn("alice", this.sessions);
		look(at(NOW.plus(Duration.ofHours(7))), signIn.session());
		signIn.session().invalidate();
		assertThat(this.recorded).hasSize(1);
		assertThat(open(at(NOW.plus(Duration.ofHours(8))), cookie(signIn.response()).getValue())).isTrue();
	}

	@Test
	void endsASessionWhoseUserGotAnotherPassword() {
		SignIn signIn = signIn("alice", this.sessions);
		users().passwords().set("alice", "another horse battery", "root");
		look(this.sessions, signIn.session());
		assertThat(signIn.session().isInvalid()).isTrue();
		assertThat(this.recorded).last().isEqualTo(ended(SessionEnded.Cause.PASSWORD_SET));
		assertThat(open(this.sessions, cookie(signIn.response()).getValue())).isFalse();
	}

	@Test
	void recordsEachOnceAndWhyItEnded() {
		MockHttpSession first = signIn("alice", this.sessions).session();
		assertThat(this.recorded).containsExactly(new SignedIn("alice", "127.0.0.1"));
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setSession(first);
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.sessions.logout(request, response, null);
		first.invalidate();
		assertThat(cookie(response).getMaxAge()).isZero();
		assertThat(this.recorded).hasSize(2).last().isEqualTo(ended(SessionEnded.Cause.SIGNED_OUT));
	}

	@Test
	void recordsThatSomebodySignedInAgain() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setSession(signIn("alice", this.sessions).session());
		this.sessions.onAuthentication(password("bob"), request, new MockHttpServletResponse());
		assertThat(this.recorded).contains(new SignedIn("bob", "127.0.0.1"))
			.last()
			.isEqualTo(ended(SessionEnded.Cause.SIGNED_IN_AGAIN));
		assertThat(this.sessions.count()).isOne();
	}

	@Test
	void beginsNoneThatIsNotOnRecord() {
		SignedInSessions unrecorded = sessions((event) -> {
			throw new IllegalStateException("The record is full");
		}, NOW);
		MockHttpServletRequest request = new MockHttpServletRequest();
		MockHttpServletResponse response = new MockHttpServletResponse();
		assertThatIllegalStateException()
			.isThrownBy(() -> unrecorded.onAuthentication(password("alice"), request, response));
		assertThat(request.getSession(false)).isNull();
		assertThat(response.getCookies()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 | Firefox on Linux",
			"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0 | Edge on Windows",
			"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1 | Safari on iPhone",
			"<script>alert(1)</script> | another program", "'' | another program" })
	void namesBrowsersInItsOwnWords(String userAgent, String words) {
		assertThat(BrowserNames.of(userAgent)).isEqualTo(words);
	}

	private static SessionEnded ended(SessionEnded.Cause cause) {
		return new SessionEnded("alice", "127.0.0.1", NOW, cause);
	}

	private Instant lastUsed() {
		return this.jdbc.sql("select last_used_at from signed_in_session")
			.query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
			.single();
	}

	private boolean open(SignedInSessions sessions, String cookie) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setCookies(new Cookie(SignedInSessions.COOKIE, cookie));
		return sessions.open(request).isPresent();
	}

	private static void look(SignedInSessions sessions, MockHttpSession session) {
		SignedInSession signedIn = SignedInSession.of(session);
		assertThat(signedIn).isNotNull();
		sessions.endIfOver(signedIn);
	}

	private static Cookie cookie(MockHttpServletResponse response) {
		Cookie cookie = response.getCookie(SignedInSessions.COOKIE);
		assertThat(cookie).isNotNull();
		return cookie;
	}

	private SignedInSessions at(Instant now) {
		return sessions(this.recorded::add, now);
	}

	private SignedInSessions sessions(ApplicationEventPublisher events, Instant now) {
		return new SignedInSessions(new SignedInSessionRepository(this.jdbc), users().passwords(),
				new SiteCookies(PublicAddress.NONE), events, TransactionOperations.withoutTransaction(),
				Duration.ofHours(8), Clock.fixed(now, ZoneOffset.UTC));
	}

	private TestUsers users() {
		return new TestUsers(this.jdbc, this.vault, (event) -> {
		}, Clock.fixed(NOW, ZoneOffset.UTC));
	}

	private Authentication password(String name) {
		String mark = users().passwords().markOf(name).orElseThrow();
		return new TestingAuthenticationToken(new SignInUser(name, "", mark, List.of()), "");
	}

	private SignIn signIn(String name, SignedInSessions sessions) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.addHeader("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
		MockHttpServletResponse response = new MockHttpServletResponse();
		sessions.onAuthentication(password(name), request, response);
		return new SignIn((MockHttpSession) request.getSession(), response);
	}

	private record SignIn(MockHttpSession session, MockHttpServletResponse response) {

	}

}
