package io.latchkey.users;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.latchkey.DataTest;
import io.latchkey.Tables;
import io.latchkey.core.AuditableEvent;
import io.latchkey.core.InvalidInputException;
import io.latchkey.secrets.SecretVault;
import io.latchkey.secrets.Vaults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@DataTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
class SecondFactorsDataTests {

	private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

	private static final Duration STEP = Duration.ofSeconds(30);

	private final SecretVault vault = Vaults.fresh();

	private final List<Object> published = Collections.synchronizedList(new ArrayList<>());

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TransactionOperations transactions;

	@Autowired
	Tables tables;

	private String secret = "";

	@BeforeEach
	void makeAlice() {
		this.tables.clear();
		commit(() -> {
			users(NOW).users().create("alice", "correct horse battery", Role.ADMIN);
			users(NOW).secondFactors().begin("alice");
			return true;
		});
		this.secret = users(NOW).secondFactors().pendingSecret("alice").orElseThrow();
	}

	@AfterEach
	void clear() {
		this.tables.clear();
	}

	@Test
	void countsOnceACodeWasShown() {
		assertThat(this.secret).hasSize(32);
		assertThat(users(NOW).secondFactors().isAskedOf("alice")).isFalse();
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> confirm(Codes.at(this.secret, NOW.minus(Duration.ofMinutes(5)))));
		assertThat(users(NOW).secondFactors().isAskedOf("alice")).isFalse();
		assertThat(confirm(Codes.at(this.secret, NOW))).hasSize(10).allMatch((code) -> code.length() == 27);
		assertThat(users(NOW).secondFactors().isAskedOf("alice")).isTrue();
		assertThat(users(NOW).secondFactors().pendingSecret("alice")).isEmpty();
	}

	@Test
	void aCodeCountsOnceAndNoOlderOneAfterIt() {
		confirm(Codes.at(this.secret, NOW));
		assertThat(check(Codes.at(this.secret, NOW), NOW)).isFalse();
		assertThat(check(Codes.at(this.secret, NOW.plus(STEP)), NOW)).isTrue();
		assertThat(check(Codes.at(this.secret, NOW.plus(STEP)), NOW)).isFalse();
		assertThat(check(Codes.at(this.secret, NOW), NOW)).isFalse();
		assertThat(check(Codes.at(this.secret, NOW.plus(STEP.multipliedBy(2))), NOW)).isFalse();
	}

	@Test
	void aCodeThatComesManyTimesAtOnceCountsOnce() throws Exception {
		confirm(Codes.at(this.secret, NOW));
		String code = Codes.at(this.secret, NOW.plus(STEP));
		assertThat(atOnce(() -> check(code, NOW))).containsOnlyOnce(true);
	}

	@Test
	void aRecoveryCodeThatComesManyTimesAtOnceCountsOnce() throws Exception {
		String code = confirm(Codes.at(this.secret, NOW)).get(3);
		assertThat(atOnce(() -> check(" " + code.toUpperCase(Locale.ROOT).replace('-', ' '), NOW)))
			.containsOnlyOnce(true);
		assertThat(users(NOW).secondFactors().find("alice").orElseThrow().codesLeft()).isEqualTo(9);
		assertThat(this.published).last()
			.isInstanceOfSatisfying(AuditableEvent.class,
					(event) -> assertThat(event.action()).isEqualTo("user.recovery-code-used"));
	}

	@Test
	void codesAreGuessedSoOftenAndNoMore() {
		confirm(Codes.at(this.secret, NOW));
		SecondFactors factors = users(NOW).secondFactors();
		for (int i = 0; i < Guesses.TRIES; i++) {
			boolean right = commit(() -> factors.check("alice", "000000"));
			assertThat(right).isFalse();
		}
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> factors.check("alice", Codes.at(this.secret, NOW.plus(STEP))));
	}

	@Test
	void keepsNothingThatCanBeRead() {
		List<String> codes = confirm(Codes.at(this.secret, NOW));
		byte[] sealed = Base64.getDecoder()
			.decode(this.jdbc.sql("select secret from second_factor").query(String.class).single());
		assertThat(HexFormat.of().formatHex(sealed))
			.doesNotContain(HexFormat.of().formatHex(Codes.decode(this.secret)));
		assertThat(this.jdbc.sql("select code_hash from recovery_code").query(String.class).list())
			.allMatch((hash) -> hash.length() == 64);
		assertThat(this.published.toString()).doesNotContain(this.secret).doesNotContain(codes.get(0));
	}

	@Test
	void takenAwayByAnAdminItEndsTheSessions() {
		confirm(Codes.at(this.secret, NOW));
		String mark = users(NOW).passwords().markOf("alice").orElseThrow();
		commit(() -> {
			users(NOW).secondFactors().takeAway("alice");
			return true;
		});
		assertThat(users(NOW).secondFactors().isAskedOf("alice")).isFalse();
		assertThat(users(NOW).passwords().markOf("alice")).isPresent().get().isNotEqualTo(mark);
		assertThat(this.jdbc.sql("select count(*) from recovery_code").query(Long.class).single()).isZero();
	}

	private static List<Boolean> atOnce(Callable<Boolean> task) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(4);
		try {
			List<Boolean> results = new ArrayList<>();
			for (Future<Boolean> one : executor.invokeAll(IntStream.range(0, 4).mapToObj((i) -> task).toList())) {
				results.add(one.get());
			}
			return results;
		}
		finally {
			executor.shutdownNow();
		}
	}

	private List<String> confirm(String code) {
		return commit(() -> users(NOW).secondFactors().confirm("alice", code));
	}

	private boolean check(String code, Instant now) {
		return commit(() -> users(now).secondFactors().check("alice", code));
	}

	private <T> T commit(Supplier<T> work) {
		T result = this.transactions.execute((status) -> work.get());
		assertThat(result).isNotNull();
		return result;
	}

	private TestUsers users(Instant now) {
		return new TestUsers(this.jdbc, this.vault, this.published::add, Clock.fixed(now, ZoneOffset.UTC));
	}

}
