package io.latchkey.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BoundedInputTests {

	private static final int MEBIBYTE = 1024 * 1024;

	@Test
	void readsWhatIsWithinTheBudget() throws IOException {
		try (InputStream in = new BoundedInput(new ByteArrayInputStream(new byte[MEBIBYTE]), MEBIBYTE + 1)) {
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
		try (InputStream in = new BoundedInput(endless, MEBIBYTE)) {
			assertThat(in.read()).isEqualTo('x');
			assertThat(in.readNBytes(MEBIBYTE - 1)).hasSize(MEBIBYTE - 1);
			assertThatExceptionOfType(IOException.class).isThrownBy(in::read).withMessageContaining("1 MiB");
		}
	}

}
