package io.latchkey.openssh;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClientConfigurationTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "# mine", "Host a\n\tPort 22\n", "\r\nHost *\r\n", "User \u00e9\u0000\n\n\n" })
	void addsOneLineAtTheTopAndTakesItAwayAgain(String text) {
		String with = including(text);
		assertThat(with).isEqualTo("Include latchkey_config\n" + text);
		assertThat(including(with)).isEqualTo(with);
		assertThat(without(with)).isEqualTo(text);
	}

	@Test
	void leavesALineThatCountsForEveryHostWhereItIs() {
		String text = "# mine\nUser me\n  Include latchkey_config\nHost a\n";
		assertThat(including(text)).isEqualTo(text);
		assertThat(without(text)).isEqualTo("# mine\nUser me\nHost a\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Host a\n", "match user b\n", "HOST=a\n", "\tHost\ta\n", "\"Host\" a\n", "Host \u00c5\n",
			"Match  host \u2026\n" })
	void movesALineThatCountsForOneHostAlone(String block) {
		assertThat(including(block + "Include latchkey_config\nPort 22\n"))
			.isEqualTo("Include latchkey_config\n" + block + "Port 22\n");
	}

	@Test
	void leavesLinesThatOnlyLookAlike() {
		String text = "Include latchkey_config2\nInclude latchkey_config other\n#Include latchkey_config\n";
		assertThat(without(including(text))).isEqualTo(text);
	}

	private static String including(String text) {
		return text(ClientConfiguration.parse(bytes(text)).including("latchkey_config"));
	}

	private static String without(String text) {
		return text(ClientConfiguration.parse(bytes(text)).without("latchkey_config"));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(ClientConfiguration configuration) {
		return new String(configuration.render(), StandardCharsets.UTF_8);
	}

}
