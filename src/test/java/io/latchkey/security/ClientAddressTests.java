package io.latchkey.security;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClientAddressTests {

	@Test
	void isAnIpv4AddressAsItIs() {
		assertThat(ClientAddress.of("192.0.2.7")).isEqualTo("192.0.2.7");
	}

	@Test
	void isTheNetworkOfAnIpv6Address() {
		assertThat(ClientAddress.of("2001:db8:1:2:3:4:5:6")).isEqualTo("2001:db8:1:2:0:0:0:0/64");
		assertThat(ClientAddress.of("2001:db8:1:2::9")).isEqualTo("2001:db8:1:2:0:0:0:0/64");
		assertThat(ClientAddress.of("2001:db8:1:2::9")).isNotEqualTo(ClientAddress.of("2001:db8:1:3::9"));
	}

}
