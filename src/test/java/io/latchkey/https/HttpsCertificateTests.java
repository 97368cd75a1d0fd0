package io.latchkey.https;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import io.latchkey.RequiresProgram;
import io.latchkey.core.StartRefusedException;
import io.latchkey.sshd.ProgramRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.ssl.DefaultSslBundleRegistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@RequiresProgram("openssl")
class HttpsCertificateTests {

	@TempDir
	Path folder;

	@Test
	void servesKeysOfEachKind() throws Exception {
		for (String[] algorithm : new String[][] { OpenSslPair.RSA, OpenSslPair.EC, OpenSslPair.ED25519 }) {
			OpenSslPair pair = OpenSslPair.make(this.folder.resolve(algorithm[1].replace(':', '-')), algorithm);
			try (HttpsCertificate certificate = serve(pair)) {
				assertThat(certificate.trouble()).isEmpty();
			}
		}
	}

	@Test
	void servesWhatOlderProgramsWrite() throws Exception {
		OpenSslPair made = OpenSslPair.make(this.folder.resolve("pkcs1"), OpenSslPair.RSA);
		OpenSslPair pair = new OpenSslPair(made.certificate(), this.folder.resolve("pkcs1.pem"));
		ProgramRun
			.of("openssl", "rsa", "-traditional", "-in", made.privateKey().toString(), "-out",
					pair.privateKey().toString())
			.orThrow();
		pair.permit("rw-------");
		assertThat(pair.privateKey()).content().startsWith("-----BEGIN RSA PRIVATE KEY-----");
		serve(pair).close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "rw-r--r--", "rw----r--", "rw--w----" })
	void refusesAKeyThatOthersMayUse(String mode) throws Exception {
		OpenSslPair pair = OpenSslPair.make(this.folder.resolve("open"), OpenSslPair.EC);
		pair.permit(mode);
		assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> serve(pair))
			.withMessageContaining("Others than its owner may use the private key of HTTPS")
			.withMessageContaining(mode)
			.satisfies((refusal) -> assertThat(refusal.action()).startsWith("chmod 600 '"));
	}

	@Test
	void refusesAKeyWithAPassphraseAndTellsNothingOfIt() throws Exception {
		OpenSslPair open = OpenSslPair.make(this.folder.resolve("sealed"), OpenSslPair.EC);
		OpenSslPair pair = new OpenSslPair(open.certificate(), this.folder.resolve("sealed.pem"));
		ProgramRun
			.of("openssl", "pkey", "-aes256", "-passout", "pass:hidden", "-in", open.privateKey().toString(), "-out",
					pair.privateKey().toString())
			.orThrow();
		pair.permit("rw-------");
		assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> serve(pair))
			.withMessage("The private key of HTTPS is not whole, not in PEM, or has a passphrase.")
			.withNoCause();
	}

	@Test
	void refusesWhatIsNotThere() throws Exception {
		OpenSslPair pair = OpenSslPair.make(this.folder.resolve("gone"), OpenSslPair.EC);
		Files.delete(pair.certificate());
		assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> serve(pair))
			.withMessageContaining("it is not there");
	}

	@Test
	void keepsTheOldOneUntilTheNewOneIsWhole() throws Exception {
		OpenSslPair pair = OpenSslPair.make(this.folder.resolve("served"), OpenSslPair.EC);
		OpenSslPair next = OpenSslPair.make(this.folder.resolve("next"), OpenSslPair.EC);
		DefaultSslBundleRegistry registry = new DefaultSslBundleRegistry();
		try (HttpsCertificate certificate = new HttpsCertificate(pair.files(), registry, Clock.systemUTC())) {
			Object served = registry.getBundle(HttpsCertificate.BUNDLE);
			String whole = Files.readString(next.certificate());
			Files.writeString(pair.certificate(), whole.substring(0, whole.length() / 2));
			certificate.look();
			assertThat(trouble(certificate)).isEqualTo("The certificate of HTTPS is not whole, or not in PEM.");
			Files.writeString(pair.certificate(), whole + whole.substring(0, whole.length() / 2));
			certificate.look();
			assertThat(trouble(certificate)).isEqualTo("The certificate of HTTPS is not whole, or not in PEM.");
			Files.writeString(pair.certificate(), whole);
			certificate.look();
			assertThat(trouble(certificate)).isEqualTo("The private key of HTTPS is not that of its certificate.");
			pair.permit("rw-r--r--");
			certificate.look();
			assertThat(trouble(certificate)).startsWith("Others than its owner may use the private key");
			pair.permit("rw-------");
			Files.writeString(pair.privateKey(), "");
			certificate.look();
			assertThat(trouble(certificate)).startsWith("The private key of HTTPS is not whole");
			assertThat(registry.getBundle(HttpsCertificate.BUNDLE)).isSameAs(served);
			Files.copy(next.privateKey(), pair.privateKey(), StandardCopyOption.REPLACE_EXISTING);
			pair.permit("rw-------");
			certificate.look();
			assertThat(certificate.trouble()).isEmpty();
			assertThat(registry.getBundle(HttpsCertificate.BUNDLE)).isNotSameAs(served);
		}
	}

	@Test
	void takesNoneThatHasEndedForOneThatHasNot() throws Exception {
		OpenSslPair pair = OpenSslPair.make(this.folder.resolve("served"), "-newkey", "ed25519", "-days", "200");
		OpenSslPair past = OpenSslPair.make(this.folder.resolve("past"), OpenSslPair.ED25519);
		Clock late = Clock.fixed(Instant.now().plus(Duration.ofDays(100)), ZoneOffset.UTC);
		try (HttpsCertificate certificate = new HttpsCertificate(pair.files(), new DefaultSslBundleRegistry(), late)) {
			Files.copy(past.certificate(), pair.certificate(), StandardCopyOption.REPLACE_EXISTING);
			Files.copy(past.privateKey(), pair.privateKey(), StandardCopyOption.REPLACE_EXISTING);
			certificate.look();
			assertThat(trouble(certificate)).startsWith("The new certificate of HTTPS has ended already");
		}
	}

	@Test
	void saysThatItEndsSoon() throws Exception {
		OpenSslPair pair = OpenSslPair.make(this.folder.resolve("old"), OpenSslPair.EC);
		Clock late = Clock.fixed(Instant.now().plus(Duration.ofDays(81)), ZoneOffset.UTC);
		try (HttpsCertificate certificate = new HttpsCertificate(pair.files(), new DefaultSslBundleRegistry(), late)) {
			assertThat(certificate.trouble()).hasValueSatisfying((trouble) -> assertThat(trouble.since()).isNull());
			assertThat(new HttpsHealth(certificate).health().getStatus().getCode()).isEqualTo("WARNING");
		}
	}

	private static String trouble(HttpsCertificate certificate) {
		return certificate.trouble().orElseThrow().description();
	}

	private static HttpsCertificate serve(OpenSslPair pair) {
		return new HttpsCertificate(pair.files(), new DefaultSslBundleRegistry(), Clock.systemUTC());
	}

}
