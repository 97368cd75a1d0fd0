package io.latchkey.inventory;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AddressCheckTests {

	@ParameterizedTest
	@ValueSource(strings = { "web1", "web1.example.org", "web1.example.org.", "WEB_1.Example.org", "1a", "10.0.0.7",
			"0.0.0.0", "255.255.255.255", "::1", "2001:db8::7", "::ffff:10.0.0.7", "fe80::1%eth0", "xn--bcher-kva.ch" })
	void takesNamesAndAddresses(String address) {
		assertThat(AddressCheck.isWellFormed(address)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "web 1", "-web", "web-", "a..b", ".a", "http://web1", "web1:22", "[::1]",
			"root@web1", "10.0.0.256", "10.0.0", "10.0.0.7.1", "1", "010.0.0.1", "0xa9fea9fe", "169.254.0xa9fe",
			"0x7f.1", "web.0x", "1::2::3", "12345::", "::g", ":", "fe80::1%", "web1/22", "b\u00fccher.ch", "web1\n" })
	void refusesAnythingElse(String address) {
		assertThat(AddressCheck.isWellFormed(address)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 64, 254 })
	void refusesWhatNoNameServerWouldKnow(int length) {
		assertThat(AddressCheck.isWellFormed("a".repeat(length))).isFalse();
	}

}
