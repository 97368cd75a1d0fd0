package io.latchkey.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.latchkey.DataTest;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NameInUseException;
import io.latchkey.users.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@DataTest
class ApiTokensDataTests {

	private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

	private static final String HERE = "192.0.2.7";

	private final List<Object> published = new ArrayList<>();

	@Autowired
	JdbcClient jdbc;

	private ApiTokens tokens;

	@BeforeEach
	void startWithoutTokens() {
		this.jdbc.sql("delete from api_token").update();
		this.tokens = at(NOW);
	}

	@Test
	void knowsATokenByItsText() {
		IssuedToken issued = this.tokens.issue("ci", Role.OPERATOR, null);
		assertThat(this.tokens.authenticate(new TokenText(issued.text()), HERE)).map(ApiToken::name).hasValue("ci");
		assertThat(this.tokens.authenticate(new TokenText(issued.text() + "x"), HERE)).isEmpty();
	}

	@Test
	void keepsNothingOfTheText() {
		IssuedToken issued = this.tokens.issue("ci", Role.OPERATOR, null);
		String secret = issued.text().substring(issued.text().length() - 43);
		assertThat(this.jdbc.sql("select * from api_token").query().singleRow().values().toString())
			.doesNotContain(secret);
		assertThat(issued.toString()).doesNotContain(secret);
	}

	@Test
	void refusesATokenFromItsEndOn() {
		Instant end = NOW.plusSeconds(60);
		TokenText text = new TokenText(this.tokens.issue("ci", Role.OPERATOR, end).text());
		assertThat(at(end.minusMillis(1)).authenticate(text, HERE)).isPresent();
		assertThat(at(end).authenticate(text, HERE)).isEmpty();
	}

	@Test
	void refusesADeletedToken() {
		IssuedToken issued = this.tokens.issue("ci", Role.OPERATOR, null);
		this.tokens.delete(issued.token().id());
		assertThat(this.tokens.authenticate(new TokenText(issued.text()), HERE)).isEmpty();
		assertThat(this.tokens.list()).isEmpty();
	}

	@Test
	void deletesTwiceAndAnnouncesItOnce() {
		ApiToken token = this.tokens.issue("ci", Role.OPERATOR, null).token();
		this.tokens.delete(token.id());
		this.tokens.delete(token.id());
		this.tokens.delete("never-there");
		assertThat(this.published).containsExactly(new TokenIssued(token), new TokenDeleted(token));
	}

	@Test
	void freesTheNameOfADeletedToken() {
		this.tokens.delete(this.tokens.issue("ci", Role.OPERATOR, null).token().id());
		assertThat(this.tokens.issue("ci", Role.OPERATOR, null).token().name()).isEqualTo("ci");
	}

	@Test
	void refusesANameThatIsInUse() {
		this.tokens.issue("ci", Role.OPERATOR, null);
		assertThatExceptionOfType(NameInUseException.class)
			.isThrownBy(() -> this.tokens.issue("ci", Role.AUDITOR, null));
	}

	@Test
	void tellsAllFaultsAtOnce() {
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.tokens.issue("No Name", Role.AUDITOR, NOW))
			.satisfies((ex) -> assertThat(ex.faults()).extracting(Fault::field).containsExactly("name", "expiresAt"));
		assertThat(this.tokens.list()).isEmpty();
	}

	@Test
	void listsByName() {
		Instant end = NOW.plus(Duration.ofDays(7));
		this.tokens.issue("b", Role.OPERATOR, null);
		this.tokens.issue("a", Role.AUDITOR, end);
		assertThat(this.tokens.list()).extracting(ApiToken::name).containsExactly("a", "b");
		assertThat(this.tokens.list().get(0)).satisfies((token) -> {
			assertThat(token.role()).isEqualTo(Role.AUDITOR);
			assertThat(token.createdAt()).isEqualTo(NOW);
			assertThat(token.expiresAt()).isEqualTo(end);
			assertThat(token.lastUsedAt()).isNull();
			assertThat(token.lastUsedFrom()).isNull();
		});
	}

	@Test
	void remembersTheLastUseToTheMinute() {
		TokenText text = new TokenText(this.tokens.issue("ci", Role.OPERATOR, null).text());
		at(NOW).authenticate(text, HERE);
		at(NOW.plusSeconds(59)).authenticate(text, HERE);
		assertThat(this.tokens.list()).extracting(ApiToken::lastUsedAt).containsExactly(NOW);
		at(NOW.plusSeconds(60)).authenticate(text, HERE);
		assertThat(this.tokens.list()).extracting(ApiToken::lastUsedAt).containsExactly(NOW.plusSeconds(60));
	}

	@Test
	void remembersFromWhereThatUseWas() {
		TokenText text = new TokenText(this.tokens.issue("ci", Role.OPERATOR, null).text());
		at(NOW).authenticate(text, HERE);
		at(NOW.plusSeconds(59)).authenticate(text, "192.0.2.8");
		assertThat(this.tokens.list()).extracting(ApiToken::lastUsedFrom).containsExactly(HERE);
		at(NOW.plusSeconds(60)).authenticate(text, "192.0.2.8");
		assertThat(this.tokens.list()).extracting(ApiToken::lastUsedFrom).containsExactly("192.0.2.8");
	}

	@Test
	void marksAUseOnceForCallsThatReadTheTokenAtTheSameTime() {
		ApiToken token = this.tokens.issue("ci", Role.OPERATOR, null).token();
		ApiTokenRepository repository = new ApiTokenRepository(this.jdbc);
		repository.markUsed(token.id(), NOW, NOW.minusSeconds(60), HERE);
		repository.markUsed(token.id(), NOW.plusMillis(1), NOW.minusSeconds(60), "192.0.2.8");
		assertThat(this.tokens.list()).extracting(ApiToken::lastUsedFrom).containsExactly(HERE);
	}

	@Test
	void refusesAnEndThatIsTooFarAway() {
		Instant last = NOW.plus(ApiTokens.LONGEST);
		assertThat(this.tokens.issue("ci", Role.OPERATOR, last).token().expiresAt()).isEqualTo(last);
		for (Instant later : List.of(last.plusMillis(1), Instant.MAX)) {
			assertThatExceptionOfType(InvalidInputException.class)
				.isThrownBy(() -> this.tokens.issue("other", Role.OPERATOR, later))
				.satisfies((ex) -> assertThat(ex.faults()).extracting(Fault::field).containsExactly("expiresAt"));
		}
	}

	@Test
	void takesATextOfAnyFormOver() {
		for (String text : List.of("any text of thirty-two characters", TokenText.generate(TokenText.newId()).text())) {
			ApiToken token = this.tokens.adopt("bootstrap", Role.ADMIN, new TokenText(text)).token();
			assertThat(this.tokens.authenticate(new TokenText(text), HERE)).map(ApiToken::id).hasValue(token.id());
			this.tokens.delete(token.id());
		}
	}

	private ApiTokens at(Instant now) {
		return new ApiTokens(new ApiTokenRepository(this.jdbc), this.published::add, Clock.fixed(now, ZoneOffset.UTC));
	}

}
