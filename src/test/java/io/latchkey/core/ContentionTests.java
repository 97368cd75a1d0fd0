package io.latchkey.core;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ContentionTests {

	@ParameterizedTest
	@CsvSource({ "40001, true", "40P01, true", "55P03, true", "HYT00, true", "23505, false", "08006, false",
			", false" })
	void isToldByWhatTheDatabaseSays(String state, boolean told) {
		SQLException said = new SQLException("no", state);
		assertThat(Contention.isBehind(new IllegalStateException(new DataAccessResourceFailureException("no", said))))
			.isEqualTo(told);
	}

	@Test
	void isToldByWhatSpringMakesOfIt() {
		assertThat(Contention.isBehind(new CannotAcquireLockException("deadlock"))).isTrue();
		assertThat(Contention.isBehind(new IllegalStateException("bug"))).isFalse();
	}

	@Test
	void whatOthersKeptFromBeingDoneIsDoneAgain() {
		Tries tries = new Tries(2, new CannotAcquireLockException("deadlock"));
		assertThat(Contention.retry(tries)).isEqualTo(3);
	}

	@Test
	void nothingIsDoneAgainForEver() {
		Tries tries = new Tries(100, new CannotAcquireLockException("deadlock"));
		assertThatExceptionOfType(CannotAcquireLockException.class).isThrownBy(() -> Contention.retry(tries));
		assertThat(tries.count).hasValue(4);
	}

	@Test
	void whatFailsOtherwiseIsNotDoneAgain() {
		Tries tries = new Tries(100, new IllegalStateException("bug"));
		assertThatIllegalStateException().isThrownBy(() -> Contention.retry(tries));
		assertThat(tries.count).hasValue(1);
	}

	/** Fails so often, and tells then how often it was tried. */
	private record Tries(int failing, RuntimeException failure, AtomicInteger count) implements Supplier<Integer> {

		Tries(int failing, RuntimeException failure) {
			this(failing, failure, new AtomicInteger());
		}

		@Override
		public Integer get() {
			if (this.count.incrementAndGet() <= this.failing) {
				throw this.failure;
			}
			return this.count.get();
		}

	}

}
