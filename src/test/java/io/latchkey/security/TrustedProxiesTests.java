package io.latchkey.security;

import java.util.List;

import io.latchkey.core.StartRefusedException;
import io.latchkey.security.TrustedProxies.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TrustedProxiesTests {

	private static final Origin PROXY = new Origin("10.0.0.1", false);

	private final TrustedProxies proxies = proxies("10.0.0.0/24", " 2001:db8::/32", "192.0.2.7");

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	@Test
	void includesAddressesAndNetworks() {
		assertThat(this.proxies.include("10.0.0.255")).isTrue();
		assertThat(this.proxies.include("192.0.2.7")).isTrue();
		assertThat(this.proxies.include("2001:db8:0:1:0:0:0:9")).isTrue();
		assertThat(this.proxies.include("10.0.1.1")).isFalse();
		assertThat(this.proxies.include("192.0.2.8")).isFalse();
		assertThat(this.proxies.include("2001:db9:0:1:0:0:0:9")).isFalse();
		assertThat(proxies().include("127.0.0.1")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "proxy.example.org", "10.0.0.0/33", "10.0.0.0/", "10.0.0/24", "2001:db8::/129", ":::/1",
			"*", "0.0.0.0/x", "10.0.0.1;10.0.0.2", "" })
	void refusesWhatIsNoNetwork(String text) {
		assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> proxies("10.0.0.1", text))
			.withMessageContaining("LATCHKEY_TRUSTED_PROXIES")
			.withMessageContaining("'" + text + "'");
	}

	@Test
	void takesTheNearestThatIsNotTrusted() {
		plain("6.6.6.6, 198.51.100.7, 10.0.0.2", "https");
		assertThat(origin()).isEqualTo(new Origin("198.51.100.7", true));
	}

	@Test
	void takesTheLastOfSeveralHeaders() {
		plain("6.6.6.6", null);
		plain("198.51.100.7", null);
		assertThat(origin()).isEqualTo(new Origin("198.51.100.7", false));
	}

	@Test
	void takesOneProtoForEachHop() {
		plain("198.51.100.7, 10.0.0.2", "https, http");
		assertThat(origin()).isEqualTo(new Origin("198.51.100.7", true));
	}

	@ParameterizedTest
	@ValueSource(strings = { "198.51.100.7:4711", "198.51.100.7" })
	void readsAddressesWithAndWithoutAPort(String from) {
		plain(from, null);
		assertThat(origin().address()).isEqualTo("198.51.100.7");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[2001:db9::7]:4711", "[2001:db9::7]", "2001:db9::7" })
	void readsAddressesOfIpv6(String from) {
		plain(from, null);
		assertThat(origin().address()).isEqualTo("2001:db9::7");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "unknown", "_hidden", "evil.example", "999.1.1.1", "1.2.3", "1.2.3.4.", "::::", "::x",
			"198.51.100.7, evil.example", "<script>", "198.51.100.7 198.51.100.8" })
	void believesNothingButAddresses(String from) {
		plain(from, null);
		assertThat(origin()).isEqualTo(PROXY);
	}

	@Test
	void readsTheStandardHeader() {
		standard("for=6.6.6.6;proto=http, For=\"198.51.100.7:4711\"; PROTO=https;by=10.0.0.2;host=x");
		assertThat(origin()).isEqualTo(new Origin("198.51.100.7", true));
	}

	@Test
	void readsIpv6InTheStandardHeader() {
		standard("for=\"[2001:db9::7]:4711\", for=10.0.0.2");
		assertThat(origin()).isEqualTo(new Origin("2001:db9::7", false));
	}

	@Test
	void doesNotTakeTheOtherHeaderThatAStrangerSentAlong() {
		plain("198.51.100.7", "http");
		standard("for=6.6.6.6;proto=https");
		assertThat(origin()).isEqualTo(PROXY);
	}

	@Test
	void takesBothHeadersWhereTheyAgree() {
		plain("198.51.100.7", "https");
		standard("for=198.51.100.7;proto=https");
		assertThat(origin()).isEqualTo(new Origin("198.51.100.7", true));
	}

	private void plain(String from, String proto) {
		this.request.addHeader("X-Forwarded-For", from);
		if (proto != null) {
			this.request.addHeader("X-Forwarded-Proto", proto);
		}
	}

	private void standard(String value) {
		this.request.addHeader("Forwarded", value);
	}

	private Origin origin() {
		this.request.setRemoteAddr("10.0.0.1");
		return this.proxies.originOf(this.request);
	}

	private static TrustedProxies proxies(String... networks) {
		return new TrustedProxies(new TrustedProxies.Properties(List.of(networks)));
	}

}
