package io.latchkey.security;

import org.junit.jupiter.api.Test;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class StartGreetingTests {

	private final MockEnvironment environment = new MockEnvironment().withProperty("local.server.port", "8080");

	@Test
	void namesTheAddressWhereLatchkeyListens() {
		assertThat(new StartGreeting(this.environment).address()).isEqualTo("http://localhost:8080");
	}

	@Test
	void namesTheAddressAsItIsSetUp() {
		this.environment.withProperty("server.address", "2001:db8::1")
			.withProperty("server.ssl.bundle", "web")
			.withProperty("server.servlet.context-path", "/keys");
		assertThat(new StartGreeting(this.environment).address()).isEqualTo("https://[2001:db8::1]:8080/keys");
	}

}
