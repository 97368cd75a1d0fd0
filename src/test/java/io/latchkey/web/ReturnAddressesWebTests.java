package io.latchkey.web;

import java.io.IOException;

import io.latchkey.security.RawRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nobody is led to another site, and nobody puts a header into an answer, by what they
 * have somebody ask for.
 */
@HostileTest
class ReturnAddressesWebTests {

	@LocalServerPort
	int port;

	@ParameterizedTest
	@ValueSource(strings = { "//evil.example", "///evil.example", "/\\evil.example", "/%5cevil.example",
			"/%09/evil.example", "/%2f/evil.example", "/%2fevil.example", "https:evil.example", "https://evil.example",
			"\\\\evil.example", "/%0d%0aX-Planted:%20yes", "/nodes%0d%0aX-Planted:%20yes",
			"/nodes?q=%0d%0aX-Planted:%20yes", "/nodes?q=//evil.example", "/;/evil.example", "/..//evil.example",
			"/@evil.example", "/.evil.example", "javascript:alert(1)", "/nodes#//evil.example",
			"/%E5%98%8D%E5%98%8AX-Planted:%20yes" })
	void leadBackToThisSiteAlone(String address) throws IOException {
		Browser browser = new Browser(this.port, "127.7.2." + (1 + Math.floorMod(address.hashCode(), 200)));
		RawRequest.Answer asked = browser.get(address);
		staysHere(asked);
		staysHere(browser.get("/sign-in?to=" + address.replace("#", "%23").replace("\\", "%5c")));
		staysHere(browser.signIn("admin", "wrong", address));
		String location = location(asked);
		String signed = location.contains("?to=") ? location.substring(location.indexOf("?to=") + 4) : address;
		RawRequest.Answer in = browser.signIn("admin", Browser.PASSWORD, signed);
		assertThat(in.status()).isEqualTo(302);
		staysHere(in);
	}

	private static void staysHere(RawRequest.Answer answer) {
		assertThat(answer.head()).doesNotContain("\nX-Planted", "\rX-Planted");
		assertThat(location(answer)).satisfiesAnyOf((location) -> assertThat(location).isEmpty(),
				(location) -> assertThat(location).matches("/(?![/\\\\]|%5[cC]|%2[fF]|%09)[!-~]*"));
	}

	private static String location(RawRequest.Answer answer) {
		return answer.head()
			.lines()
			.filter((line) -> line.startsWith("Location: "))
			.map((line) -> line.substring("Location: ".length()))
			.findFirst()
			.orElse("");
	}

}
