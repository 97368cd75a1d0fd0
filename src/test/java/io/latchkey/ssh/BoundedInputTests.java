package io.latchkey.ssh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

import io.latchkey.conversation.protocol.ContentHash;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BoundedInputTests {

	private static final int MEBIBYTE = 1024 * 1024;

	@Test
	void readsWhatIsWithinTheBudget() throws IOException {
		try (InputStream in = new BoundedInput(new ByteArrayInputStream(new byte[MEBIBYTE]), MEBIBYTE + 1,
				BoundedInput.CPU_BUDGET)) {
			assertThat(in.readAllBytes()).hasSize(MEBIBYTE);
			assertThat(in.read()).isEqualTo(-1);
		}
	}

	@Test
	void endsAtTheBudgetHoweverItIsRead() throws IOException {
		InputStream endless = new InputStream() {

			@Override
			public int read() {
				return 'x';
			}

		};
		try (InputStream in = new BoundedInput(endless, MEBIBYTE, BoundedInput.CPU_BUDGET)) {
			assertThat(in.read()).isEqualTo('x');
			assertThat(in.readNBytes(MEBIBYTE - 1)).hasSize(MEBIBYTE - 1);
			assertThatExceptionOfType(IOException.class).isThrownBy(in::read).withMessageContaining("1 MiB");
		}
	}

	/** Whoever asks for much with a few bytes. */
	@Test
	void endsWhenWhatIsReadTakesTooMuchWork() throws IOException {
		byte[] bytes = new byte[MEBIBYTE];
		try (InputStream in = new BoundedInput(new ByteArrayInputStream(bytes), MEBIBYTE, Duration.ofMillis(50))) {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
				while (in.read() >= 0) {
					ContentHash.of(bytes);
				}
			}).withMessageContaining("of work");
			assertThat(in.available()).isPositive();
		}
	}

}
