package io.latchkey.openssh;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.latchkey.RequiresProgram;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.AuthorizedKeysFile.OtherLine;
import io.latchkey.openssh.AuthorizedKeysFile.OtherLine.Kind;
import io.latchkey.sshd.ProgramRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * OpenSSH itself is the judge of what is a key, and of its fingerprint.
 */
@RequiresProgram("ssh-keygen")
class SshKeygenTests {

	private static final String ED25519 = SampleKeys.ED25519.split(" ")[1];

	private static final String RSA = SampleKeys.RSA.split(" ")[1];

	private static final List<String> GENERATED = new ArrayList<>();

	private static final List<String> CERTIFICATES = new ArrayList<>();

	@TempDir
	static Path folder;

	@BeforeAll
	static void makeKeys() throws IOException {
		Path authority = generate("ed25519", "256");
		for (String[] key : new String[][] { { "rsa", "1024" }, { "rsa", "2048" }, { "ecdsa", "256" },
				{ "ecdsa", "384" }, { "ecdsa", "521" }, { "ed25519", "256" } }) {
			Path file = generate(key[0], key[1]);
			GENERATED.add(Files.readString(file));
			CERTIFICATES.add(certify(authority, file));
		}
		Path securityKey = folder.resolve("sk.pub");
		Files.writeString(securityKey, SampleKeys.ED25519_SK + " sample\n");
		CERTIFICATES.add(certify(authority, securityKey));
	}

	static Stream<String> keys() {
		return Stream.concat(GENERATED.stream(), Stream.of(SampleKeys.ED25519, SampleKeys.ED25519_SK, SampleKeys.ECDSA,
				SampleKeys.ECDSA_SK, SampleKeys.RSA, SampleKeys.DSA));
	}

	@ParameterizedTest
	@MethodSource("keys")
	void agreesOnKeys(String text) throws Exception {
		PublicKey key = PublicKeyText.parse(text).key();
		assertThat(Optional.of(describe(key))).isEqualTo(judge(text));
	}

	@Test
	void agreesOnCertificates() throws Exception {
		for (String text : CERTIFICATES) {
			PublicKey certificate = PublicKey.parse(String.join(" ", List.of(text.strip().split(" ")).subList(0, 2)));
			assertThat(certificate.isCertificate()).isTrue();
			assertThat(certificate.type()).isEqualTo(text.split(" ")[0]);
			assertThat(certificate.render())
				.isEqualTo(String.join(" ", text.split(" ")[0], text.strip().split(" ")[1]));
			assertThat(Optional.of(describe(certificate))).isEqualTo(judge(text));
		}
	}

	@Test
	void certificatesLetNobodyIn() {
		for (String text : CERTIFICATES) {
			assertThat(Line.of(text.strip())).isInstanceOfSatisfying(OtherLine.class,
					(line) -> assertThat(line.kind()).isEqualTo(Kind.CERTIFICATE));
		}
	}

	@Test
	void agreesOnRfc4716() throws Exception {
		for (String text : GENERATED) {
			Path file = Files.writeString(folder.resolve("export.pub"), text);
			String exported = ProgramRun.of("ssh-keygen", "-e", "-f", file.toString()).orThrow().output();
			PublicKeyText parsed = PublicKeyText.parse(exported);
			assertThat(parsed.key()).isEqualTo(PublicKeyText.parse(text).key());
			assertThat(parsed.comment()).endsWith("from OpenSSH");
		}
	}

	@Test
	void refusesEveryPrivateKeyThatItMakes() throws Exception {
		try (Stream<Path> files = Files.list(folder)) {
			List<Path> privateKeys = files.filter((file) -> !file.toString().endsWith(".pub")).toList();
			assertThat(privateKeys).hasSizeGreaterThan(5);
			for (Path file : privateKeys) {
				assertThat(PrivateKeyText.matches(Files.readString(file))).isTrue();
			}
		}
	}

	static Stream<String> lines() {
		return Stream.of(
				// good
				"ssh-ed25519 " + ED25519 + " comment", "ssh-ed25519\t\t" + ED25519, "  \tssh-ed25519 " + ED25519,
				"ssh-ed25519 " + ED25519 + "\r", "ssh-ed25519 " + ED25519 + " comment\r",
				"no-pty,command=\"echo \\\"a b\\\"\" ssh-ed25519 " + ED25519 + " me", "restrict,,pty ssh-rsa " + RSA,
				"restrict, ssh-rsa " + RSA, "command=\"a\\\\\"b\" ssh-ed25519 " + ED25519,
				"environment=\"A=ssh-rsa AAAA\" ssh-ed25519 " + ED25519,
				// odd
				"rsa-sha2-256 " + RSA, "rsa-sha2-512 " + RSA, "ssh-rsa " + rsa("rsa-sha2-512", new byte[] { 1, 0, 1 }),
				"ssh-rsa " + rsa("RSA", new byte[] { 1, 0, 1 }), "ssh-rsa " + rsa("ssh-rsa\0", new byte[] { 1, 0, 1 }),
				"ssh-rsa " + rsa("ssh-rsa", new byte[] { 0, 0, 1, 0, 1 }), "ssh-rsa " + rsa("ssh-rsa", new byte[0]),
				"ssh-rsa " + rsa("ssh-rsa", new byte[] { -1 }),
				"ssh-ed25519 " + base64(new WireWriter().text("ed25519").string(new byte[32])),
				"ssh-ed25519 " + base64(new WireWriter().text("ssh-ed25519").string(new byte[32])),
				"ssh-ed25519 " + ED25519 + "\0 more", "ssh-ed25519 " + ED25519.substring(0, 10) + "\0 more",
				"ssh-ed25519 " + ED25519.substring(0, 20) + "\u000B" + ED25519.substring(20),
				"ssh-ed25519 ssh-ed25519 " + ED25519, "unknown-option ssh-ed25519 " + ED25519,
				"webauthn-" + SampleKeys.ECDSA_SK,
				// broken
				"", " ", "#", "hello", "ssh-ed25519", "ssh-ed25519 ", "ssh-ed25519 AAAA",
				"ssh-ed25519 " + ED25519 + "=", "ssh-ed25519 " + ED25519.substring(0, ED25519.length() - 1),
				"ssh-ed25519 " + ED25519 + "AAAA", "ssh-ed25519 =" + ED25519,
				"ssh-ed25519 " + ED25519.replace('A', '-'), "ssh-rsa " + ED25519, "SSH-ED25519 " + ED25519,
				"ssh-ed25519," + ED25519, "\uFEFFssh-ed25519 " + ED25519, "command=\"x ssh-ed25519 " + ED25519,
				"a b ssh-ed25519 " + ED25519, "\u000Bssh-ed25519 " + ED25519, "\0ssh-ed25519 " + ED25519,
				"ecdsa-sha2-nistp384 " + SampleKeys.ECDSA.split(" ")[1],
				"ecdsa-sha2-nistp256 " + SampleKeys.ECDSA.split(" ")[1].replace("BGu/", "BGu+"),
				"ssh-rsa " + base64(
						new WireWriter().text("ssh-rsa").mpint(BigInteger.valueOf(3)).mpint(BigInteger.TWO.pow(1022))),
				"ssh-ed25519 " + base64(new WireWriter().text("ssh-ed25519").string(new byte[33])),
				"ssh-ed25519 " + base64(new WireWriter().text("ssh-ed25519").string(new byte[31])),
				"sk-ssh-ed25519@openssh.com "
						+ base64(new WireWriter().text("sk-ssh-ed25519@openssh.com").string(new byte[32])));
	}

	@ParameterizedTest
	@MethodSource("lines")
	void agreesOnLines(String text) throws Exception {
		byte[] content = (text + "\n").getBytes(StandardCharsets.UTF_8);
		assertThat(AuthorizedKeysFile.parse(content).lines()).singleElement()
			.satisfies((line) -> assertThat(line.key().map(SshKeygenTests::describe)).isEqualTo(judge(content)));
	}

	@Test
	void agreesOnAWholeFile() throws Exception {
		byte[] content = Stream.concat(lines(), keys().map(String::strip))
			.reduce("", (file, line) -> file + line + "\n")
			.getBytes(StandardCharsets.UTF_8);
		List<String> keys = AuthorizedKeysFile.parse(content)
			.lines()
			.stream()
			.flatMap((line) -> line.key().stream())
			.map(SshKeygenTests::describe)
			.toList();
		assertThat(keys).isEqualTo(judgeAll(content)).hasSizeGreaterThan(20);
	}

	private static String describe(PublicKey key) {
		return key.bits() + " " + key.fingerprint() + " (" + key.algorithm() + ")";
	}

	private static Optional<String> judge(String text) throws IOException {
		return judge(text.getBytes(StandardCharsets.UTF_8));
	}

	private static Optional<String> judge(byte[] content) throws IOException {
		return judgeAll(content).stream().findFirst();
	}

	private static List<String> judgeAll(byte[] content) throws IOException {
		Path file = Files.write(folder.resolve("judged.pub"), content);
		String output = ProgramRun.of("ssh-keygen", "-l", "-f", file.toString()).output();
		return Stream.of(output.split("\n"))
			.filter((line) -> line.contains("SHA256:"))
			.map((line) -> line.replaceFirst("(?s)^(\\d+ \\S+) .*(\\(\\S+\\))$", "$1 $2"))
			.toList();
	}

	private static String rsa(String type, byte[] exponent) {
		BigInteger modulus = ((KeyMaterial.Rsa) SampleKeys.parse(SampleKeys.RSA).material()).modulus();
		return base64(new WireWriter().text(type).string(exponent).mpint(modulus));
	}

	private static String base64(WireWriter blob) {
		return Base64.getEncoder().encodeToString(blob.toByteArray());
	}

	private static Path generate(String type, String bits) {
		Path file = folder.resolve(type + bits + "-" + System.nanoTime());
		ProgramRun.of("ssh-keygen", "-q", "-t", type, "-b", bits, "-N", "", "-C", "me@" + type, "-f", file.toString())
			.orThrow();
		return file.resolveSibling(file.getFileName() + ".pub");
	}

	private static String certify(Path authority, Path key) throws IOException {
		String privateKey = authority.toString().replaceFirst("\\.pub$", "");
		ProgramRun
			.of("ssh-keygen", "-q", "-s", privateKey, "-I", "an id", "-n", "root,deploy", "-V", "+1d", "-O",
					"force-command=true", key.toString())
			.orThrow();
		return Files.readString(Path.of(key.toString().replaceFirst("\\.pub$", "-cert.pub")));
	}

}
