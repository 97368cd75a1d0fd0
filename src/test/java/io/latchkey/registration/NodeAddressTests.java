package io.latchkey.registration;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NodeAddressTests {

	@Test
	void whatSomebodySaidCounts() {
		assertThat(NodeAddress.of(message("web1.example", "10.0.0.5"), "10.0.0.5")).isEqualTo("web1.example");
	}

	@Test
	void whereItCameFromCountsWhenThatIsItsOwnOrPublic() {
		assertThat(NodeAddress.of(message(null, "10.0.0.4", "10.0.0.5"), "10.0.0.5")).isEqualTo("10.0.0.5");
		assertThat(NodeAddress.of(message(null, "10.0.0.5"), "198.51.100.7")).isEqualTo("198.51.100.7");
		assertThat(NodeAddress.of(message(null), "10.0.0.9")).isEqualTo("10.0.0.9");
	}

	@Test
	void itsFirstCountsWhenItCameThroughAProxy() {
		for (String proxy : List.of("127.0.0.1", "172.17.0.1", "::1", "fd00::1", "fe80::1")) {
			assertThat(NodeAddress.of(message(null, "10.0.0.5", "10.0.0.6"), proxy)).isEqualTo("10.0.0.5");
		}
	}

	private static RegistrationMessage message(@Nullable String reach, String... addresses) {
		return new RegistrationMessage(EnrolmentTokenText.generate(), "0".repeat(64), "web1", 22, List.of(),
				List.of(addresses), reach);
	}

}
