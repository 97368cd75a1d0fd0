package io.latchkey.grants;

import java.util.List;

import io.latchkey.core.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FromCheckTests {

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.0/8", "192.0.2.7", "2001:db8::/32", "::1", "10.1.*", "*.example.org", "web1",
			"0.0.0.0/0", "192.0.2.?" })
	void takesWhatSshdReads(String entry) {
		assertThat(FromCheck.faults(List.of(entry))).isEmpty();
		assertThat(FromCheck.faults(List.of("!" + entry, "203.0.113.0/24"))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "300.1.1.1/24", "300.1.1.1", "10.0.0.0/33", "10.0.0.0/129", "10.0.0.0/", "/8", "", "!",
			"web1/24", "*/8", "10.1", "010.0.0.0/8", "1::2::3", "10.0.0.0/8,10.1.0.0/16", "a b", "x\"", "10.0.0.0 /8" })
	void refusesWhatSshdCannotReadOrNothingFits(String entry) {
		assertThat(FromCheck.faults(List.of(entry, "203.0.113.0/24"))).singleElement()
			.satisfies((fault) -> assertThat(fault.code()).isEqualTo("grant.from.malformed"));
	}

	@Test
	void namesTheNetworkThatWasMeant() {
		assertThat(FromCheck.faults(List.of("10.0.1.0/8", "127.0.0.0/8")))
			.containsExactly(Fault.of("options.from", "grant.from.host-bits", "10.0.1.0/8", "10.0.0.0/8"));
		assertThat(FromCheck.faults(List.of("2001:db8::1/32"))).extracting(Fault::code)
			.containsExactly("grant.from.host-bits");
	}

	@Test
	void wantsOneThatLetsIn() {
		assertThat(FromCheck.faults(List.of("!10.0.0.0/8"))).extracting(Fault::code)
			.containsExactly("grant.from.only-negated");
	}

}
