package io.latchkey.diagnosis;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;

import io.latchkey.SampleKeys;
import io.latchkey.openssh.LoginRules;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeyLinesTests {

	private static final String KEY = SampleKeys.ed25519();

	private final KeyLines lines = new KeyLines(ZoneId.of("Europe/Berlin"), Instant.parse("2026-06-01T12:00:00Z"),
			"deploy", LoginRules.NONE);

	@Test
	void theFirstThatFitsEveryAddressIsTheLastThatCanDecide() {
		add("/a", "from=\"10.0.0.0/8\" " + KEY, "no-pty " + KEY, "restrict " + KEY);
		assertThat(this.lines.deciding(fingerprint())).extracting(TestLogin.Line::options)
			.containsExactly("from=\"10.0.0.0/8\"", "no-pty");
		assertThat(this.lines.addresses(fingerprint())).isNull();
	}

	@Test
	void aLineThatHasRunOutIsPassedOver() {
		add("/a", "expiry-time=\"20260601\" " + KEY);
		assertThat(this.lines.deciding(fingerprint())).isEmpty();
		assertThat(this.lines.endedAt(fingerprint())).isEqualTo("2026-05-31T22:00:00Z");
		add("/b", "# second", "expiry-time=\"202606011401\" " + KEY);
		assertThat(this.lines.deciding(fingerprint())).containsExactly(
				new TestLogin.Line("/b", 2, "expiry-time=\"202606011401\"", Instant.parse("2026-06-01T12:01:00Z")));
	}

	@Test
	void anAuthoritysLineLetsNoKeyIn() {
		add("/a", "cert-authority " + KEY);
		assertThat(this.lines.keys()).isEmpty();
		assertThat(this.lines.deciding(fingerprint())).isEmpty();
	}

	private void add(String path, String... texts) {
		this.lines.add(path,
				AuthorizedKeysFile.parse((String.join("\n", texts) + "\n").getBytes(StandardCharsets.UTF_8)));
	}

	private static Fingerprint fingerprint() {
		return AuthorizedKeysFile.Line.of(KEY).key().map(PublicKey::fingerprint).orElseThrow();
	}

}
