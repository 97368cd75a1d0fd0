package io.latchkey.security;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.DataTest;
import io.latchkey.Tables;
import io.latchkey.core.StartRefusedException;
import io.latchkey.secrets.SecretVault;
import io.latchkey.secrets.Vaults;
import io.latchkey.users.Credentials;
import io.latchkey.users.Role;
import io.latchkey.users.TestUsers;
import io.latchkey.users.UserCreated;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@DataTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@ExtendWith(OutputCaptureExtension.class)
class FirstStartDataTests {

	private static final String PASSWORD = "correct horse battery";

	private static final String TOKEN = "any text of thirty-two characters";

	private final SecretVault vault = Vaults.fresh();

	private final List<Object> published = new ArrayList<>();

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TransactionOperations transactions;

	@Autowired
	Tables tables;

	@BeforeEach
	@AfterEach
	void clear() {
		this.tables.clear();
	}

	@Test
	void makesTheUserAdminWithThePasswordGiven(CapturedOutput output) {
		start(PASSWORD, null);
		assertThat(admin().role()).isEqualTo(Role.ADMIN);
		assertThat(admin().passwordHash()).startsWith("{argon2}");
		assertThat(users().passwords().matches("admin", PASSWORD)).isTrue();
		assertThat(output).doesNotContain(PASSWORD);
		assertThat(this.published).containsExactly(new UserCreated("admin", Role.ADMIN));
	}

	@Test
	void makesUpAPasswordAndShowsItOnce(CapturedOutput output) {
		start(null, null);
		Matcher shown = Pattern.compile("with the password (\\S{24}) ").matcher(output);
		assertThat(shown.find()).isTrue();
		assertThat(users().passwords().matches("admin", shown.group(1))).isTrue();
		int length = output.length();
		start(null, null);
		assertThat(output.toString().substring(length)).doesNotContain("password");
	}

	@Test
	void takesAnEmptyTextForNone() {
		start("", "");
		assertThat(admin().username()).isEqualTo("admin");
		assertThat(tokens().list()).isEmpty();
	}

	@Test
	void makesTheBootstrapTokenAnAdministrators(CapturedOutput output) {
		start(PASSWORD, TOKEN);
		assertThat(tokens().authenticate(new TokenText(TOKEN), "192.0.2.7")).hasValueSatisfying((token) -> {
			assertThat(token.name()).isEqualTo("bootstrap");
			assertThat(token.role()).isEqualTo(Role.ADMIN);
		});
		assertThat(output).doesNotContain(TOKEN);
	}

	@Test
	void refusesAShortPasswordAndStoresNothing() {
		assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> start("elevenchars", TOKEN))
			.withMessageContaining("LATCHKEY_ADMIN_PASSWORD")
			.withMessageContaining("12")
			.withMessageNotContaining("elevenchars");
		assertThat(users().users().isEmpty()).isTrue();
	}

	@Test
	void refusesAPasswordThatEverybodyTriesAndStoresNothing() {
		for (String password : List.of("Qwertyuiop2026!", "admin-of-here")) {
			assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> start(password, TOKEN))
				.withMessageContaining("LATCHKEY_ADMIN_PASSWORD")
				.withMessageContaining("everybody tries first")
				.withMessageNotContaining(password);
		}
		assertThat(users().users().isEmpty()).isTrue();
	}

	@Test
	void refusesAShortBootstrapTokenAndStoresNothing() {
		assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> start(PASSWORD, "x".repeat(31)))
			.withMessageContaining("LATCHKEY_BOOTSTRAP_TOKEN")
			.withMessageContaining("32")
			.withMessageNotContaining("xxx");
		assertThat(users().users().isEmpty()).isTrue();
	}

	@Test
	void refusesABootstrapTokenThatNoHeaderCarries() {
		for (String token : List.of(TOKEN + "\n", " " + TOKEN, TOKEN + "\t" + TOKEN)) {
			assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> start(PASSWORD, token))
				.withMessageContaining("cannot be sent in a header");
		}
	}

	@Test
	void leavesUsersAndTokensAloneLater(CapturedOutput output) {
		start(PASSWORD, TOKEN);
		Credentials before = admin();
		start("another password", "another text of thirty-two characters");
		assertThat(admin()).isEqualTo(before);
		assertThat(tokens().list()).hasSize(1);
		assertThat(output).contains("LATCHKEY_ADMIN_PASSWORD is ignored")
			.contains("LATCHKEY_BOOTSTRAP_TOKEN is ignored");
	}

	@Test
	void keepsQuietWhenNothingChanged(CapturedOutput output) {
		start(PASSWORD, TOKEN);
		start(PASSWORD, TOKEN);
		assertThat(output).doesNotContain("ignored");
	}

	@Test
	void doesNotBringADeletedBootstrapTokenBack() {
		start(PASSWORD, TOKEN);
		tokens().list().forEach((token) -> tokens().delete(token.id()));
		start(PASSWORD, TOKEN);
		assertThat(tokens().list()).isEmpty();
	}

	@Test
	void happensOnceWhenInstancesStartAtOnce() throws Exception {
		int instances = 4;
		ExecutorService executor = Executors.newFixedThreadPool(instances);
		try {
			List<Future<?>> all = new ArrayList<>();
			for (int i = 0; i < instances; i++) {
				all.add(executor.submit(() -> start(PASSWORD, TOKEN)));
			}
			for (Future<?> one : all) {
				one.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(this.jdbc.sql("select count(*) from users").query(Long.class).single()).isEqualTo(1);
		assertThat(tokens().list()).hasSize(1);
	}

	private void start(String password, String token) {
		new FirstStart(new FirstStartProperties(password, token), users().users(), users().passwords(), tokens(),
				new ApiTokenRepository(this.jdbc), this.transactions)
			.afterSingletonsInstantiated();
	}

	private TestUsers users() {
		return new TestUsers(this.jdbc, this.vault, this.published::add, clock());
	}

	private ApiTokens tokens() {
		return new ApiTokens(new ApiTokenRepository(this.jdbc), this.published::add, clock());
	}

	private Credentials admin() {
		return users().users().credentialsOf("admin").orElseThrow();
	}

	private static Clock clock() {
		return Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
	}

}
