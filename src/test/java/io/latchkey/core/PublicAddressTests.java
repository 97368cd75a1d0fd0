package io.latchkey.core;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PublicAddressTests {

	@Test
	void leavesAllAsItIsWhereNoneIsSet() {
		for (String none : new String[] { null, "", " " }) {
			PublicAddress address = PublicAddress.of(none, null, false);
			assertThat(address.isHttps()).isFalse();
			assertThat(address.isMeant("anything")).isTrue();
			assertThat(address.isMeant(null)).isTrue();
			assertThat(address.or(URI.create("http://localhost:8080"))).hasToString("http://localhost:8080");
			assertThat(address.get()).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource({ "https://latchkey.example.org,https://latchkey.example.org",
			"HTTPS://Latchkey.Example.org/,https://latchkey.example.org",
			"https://latchkey.example.org:443,https://latchkey.example.org",
			"https://latchkey.example.org:8443,https://latchkey.example.org:8443",
			"http://192.0.2.7:8080,http://192.0.2.7:8080", "http://[2001:db8::1]:80,http://[2001:db8::1]" })
	void isASite(String text, String address) {
		assertThat(PublicAddress.of(text, null, false).get()).hasValue(URI.create(address));
	}

	@ParameterizedTest
	@ValueSource(strings = { "latchkey.example.org", "https://", "https:///x", "ftp://latchkey.example.org",
			"https://latchkey.example.org/path", "https://latchkey.example.org?q", "https://latchkey.example.org#f",
			"https://me@latchkey.example.org", "https://a b", "https://latchkey.example.org:70000",
			"https://latchkey.example.org:0", "https://under_score.example.org", "https://a,https://b" })
	void refusesWhatIsNone(String text) {
		assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> PublicAddress.of(text, null, false))
			.withMessageContaining("LATCHKEY_PUBLIC_ADDRESS")
			.withMessageContaining("'" + text + "'")
			.satisfies((refused) -> assertThat(refused.action()).contains("https://latchkey.example.org"));
	}

	@Test
	void knowsWhichHostsMeanIt() {
		PublicAddress address = PublicAddress.of("https://latchkey.example.org", null, false);
		assertThat(address.isHttps()).isTrue();
		assertThat(address.isMeant("latchkey.example.org")).isTrue();
		assertThat(address.isMeant("Latchkey.example.ORG:443")).isTrue();
		for (String other : new String[] { null, "", "latchkey.example.org:80", "latchkey.example.org:8443",
				"latchkey.example.org.", "latchkey.example.org.evil.example", "evil.example", "x@latchkey.example.org",
				"localhost", "127.0.0.1" }) {
			assertThat(address.isMeant(other)).as(other).isFalse();
		}
		PublicAddress odd = PublicAddress.of("http://[2001:db8::1]:8080", null, false);
		assertThat(odd.isMeant("[2001:DB8::1]:8080")).isTrue();
		assertThat(odd.isMeant("[2001:db8::1]")).isFalse();
	}

	@Test
	void letsNodesHaveAnotherAddress() {
		PublicAddress address = PublicAddress.of("https://latchkey.example.org", URI.create("http://192.0.2.7:8080/"),
				false);
		assertThat(address.isMeantOfNodes("192.0.2.7:8080")).isTrue();
		assertThat(address.isMeantOfNodes("latchkey.example.org")).isTrue();
		assertThat(address.isMeantOfNodes("evil.example")).isFalse();
		assertThat(address.isMeant("192.0.2.7:8080")).isFalse();
	}

	@Test
	void isWhereLinksLead() {
		PublicAddress address = PublicAddress.of("https://latchkey.example.org", null, false);
		assertThat(address.or(URI.create("http://evil.example:8080"))).hasToString("https://latchkey.example.org");
		assertThat(address.or(URI.create("http://localhost:8080/keys")))
			.hasToString("https://latchkey.example.org/keys");
	}

}
