package io.latchkey.users;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TotpTests {

	private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

	/** RFC 6238, appendix B, with eight digits there. */
	@ParameterizedTest
	@CsvSource({ "59, 94287082", "1111111109, 07081804", "1111111111, 14050471", "1234567890, 89005924",
			"2000000000, 69279037", "20000000000, 65353130" })
	void makesTheCodesOfTheStandard(long second, String code) {
		assertThat(Totp.code(SECRET, Totp.stepAt(Instant.ofEpochSecond(second)))).isEqualTo(code.substring(2));
	}

	/** RFC 4226, appendix D. */
	@ParameterizedTest
	@CsvSource({ "0, 1284755224", "1, 1094287082", "2, 137359152", "9, 645520489" })
	void truncatesAsTheStandardDoes(long counter, int truncated) {
		assertThat(Totp.truncated(SECRET, counter)).isEqualTo(truncated);
	}

}
