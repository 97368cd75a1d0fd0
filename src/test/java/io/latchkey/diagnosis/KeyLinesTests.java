package io.latchkey.diagnosis;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

import io.latchkey.SampleKeys;
import io.latchkey.desired.Dialect;
import io.latchkey.openssh.LoginRules;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeyLinesTests {

	private static final String KEY = SampleKeys.ed25519();

	private final KeyLines lines = new KeyLines(Dialect.CURRENT, ZoneId.of("Europe/Berlin"),
			Instant.parse("2026-06-01T12:00:00Z"), "deploy", LoginRules.NONE);

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

	@Test
	void aLineThatSshdRefusesLetsNoKeyIn() {
		add("/a", "unknown-option " + KEY, "expiry-time=\"soon\" " + KEY, "expiry-time " + KEY);
		assertThat(this.lines.deciding(fingerprint())).isEmpty();
		KeyLines older = new KeyLines(Dialect.of("OpenSSH_8.4p1", ZoneOffset.UTC), ZoneOffset.UTC,
				Instant.parse("2026-06-01T12:00:00Z"), "deploy", LoginRules.NONE);
		older.add("/a",
				AuthorizedKeysFile.parse(("expiry-time=\"20990101Z\" " + KEY).getBytes(StandardCharsets.UTF_8)));
		assertThat(older.deciding(fingerprint())).isEmpty();
		add("/b", "expiry-time=\"20990101Z\",No-Touch-Required,permitlisten=\"1\" " + KEY);
		assertThat(this.lines.deciding(fingerprint())).hasSize(1);
	}

	@Test
	void aLineThatDropbearPassesOverLetsNoKeyIn() {
		KeyLines dropbears = new KeyLines(Dialect.of("dropbear_2026.94", ZoneOffset.UTC), ZoneOffset.UTC,
				Instant.parse("2026-06-01T12:00:00Z"), "deploy", LoginRules.NONE);
		for (String line : List.of("expiry-time=\"20990101\" " + KEY, "from=\"10.0.0.0/8\" " + KEY,
				"command=\"echo \\\"two words\\\"\" " + KEY, KEY + " " + "x".repeat(3000), "# 1\n".repeat(300) + KEY,
				"\r\n".repeat(150) + KEY)) {
			dropbears.add("/a", AuthorizedKeysFile.parse(line.getBytes(StandardCharsets.UTF_8)));
			assertThat(dropbears.deciding(fingerprint())).as(line).isEmpty();
		}
		dropbears.add("/a", AuthorizedKeysFile.parse(
				("# 1\n".repeat(299) + "No-Pty,command=\"echo 'two words'\" " + KEY).getBytes(StandardCharsets.UTF_8)));
		assertThat(dropbears.deciding(fingerprint())).singleElement()
			.satisfies((line) -> assertThat(line.number()).isEqualTo(300));
	}

	private void add(String path, String... texts) {
		this.lines.add(path,
				AuthorizedKeysFile.parse((String.join("\n", texts) + "\n").getBytes(StandardCharsets.UTF_8)));
	}

	private static Fingerprint fingerprint() {
		return AuthorizedKeysFile.Line.of(KEY).key().map(PublicKey::fingerprint).orElseThrow();
	}

}
