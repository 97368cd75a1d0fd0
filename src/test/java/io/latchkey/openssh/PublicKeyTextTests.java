package io.latchkey.openssh;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PublicKeyTextTests {

	private static final String BASE64 = SampleKeys.ED25519.split(" ")[1];

	private static final String SSH2 = """
			---- BEGIN SSH2 PUBLIC KEY ----
			Comment: "rsa key \\"quoted\\""
			x-command: /bin/somewhere: \\
			goes on
			AAAAC3NzaC1lZDI1NTE5AAAAILcvCLBT4hTbJyN0LrusYsywv6xI
			X2lLlUUJyax9TpbK
			---- END SSH2 PUBLIC KEY ----
			""";

	private static final String PPK = """
			PuTTY-User-Key-File-3: ssh-ed25519
			Encryption: none
			Comment: alice@laptop
			Public-Lines: 2
			AAAAC3NzaC1lZDI1NTE5AAAAILcvCLBT4hTbJyN0LrusYsywv6xIX2lLlUUJyax9
			TpbK
			""";

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', value = { "\" alice@laptop\",alice@laptop", "\"\",\"\"",
			"\"\t two  words \",two  words", "\" José #1\",José #1", "\" a\u0000b\u0007c\",a b c" })
	void readsOneLineWithItsComment(String rest, String comment) throws InvalidKeyException {
		PublicKeyText parsed = PublicKeyText.parse(SampleKeys.ED25519 + rest + "\r\n");
		assertThat(parsed.key().render()).isEqualTo(SampleKeys.ED25519);
		assertThat(parsed.comment()).isEqualTo(comment);
	}

	@Test
	void skipsBlankLinesAndAByteOrderMark() throws InvalidKeyException {
		assertThat(PublicKeyText.parse("\uFEFF\r\n  \n\t" + SampleKeys.ED25519 + "\n\n").key().render())
			.isEqualTo(SampleKeys.ED25519);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\r" })
	void readsRfc4716(String lineEnd) throws InvalidKeyException {
		PublicKeyText parsed = PublicKeyText.parse(SSH2.replace("\n", lineEnd));
		assertThat(parsed.key().render()).isEqualTo(SampleKeys.ED25519);
		assertThat(parsed.comment()).isEqualTo("rsa key \"quoted\"");
	}

	@Test
	void readsACommentThatGoesOn() throws InvalidKeyException {
		String text = SSH2.replace("Comment: \"rsa key \\\"quoted\\\"\"", "COMMENT: me@exam\\\nple.org");
		assertThat(PublicKeyText.parse(text).comment()).isEqualTo("me@example.org");
	}

	@Test
	void refusesRfc4716WithoutItsEnd() {
		assertRefused(SSH2.substring(0, SSH2.indexOf("---- END")), "Expected ---- END SSH2 PUBLIC KEY ----");
		assertRefused(SSH2 + SSH2, "as the only end");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Private-Lines: 0\n", "Private-MAC: 5f25\n" })
	void readsThePublicPartOfAPuttyFile(String rest) throws InvalidKeyException {
		for (String text : new String[] { PPK + rest, PPK.replace("File-3", "File-2") + rest }) {
			PublicKeyText parsed = PublicKeyText.parse(text);
			assertThat(parsed.key().render()).isEqualTo(SampleKeys.ED25519);
			assertThat(parsed.comment()).isEqualTo("alice@laptop");
		}
	}

	@Test
	void saysWhatIsWrongWithAPuttyFile() {
		assertRefused(PPK.replace("File-3", "File-1"), "Expected version 2 or 3");
		assertRefused(PPK.replace("Lines: 2", "Lines: 9"), "Expected 9 lines after Public-Lines, found 2");
		assertRefused(PPK + "AAAA\n", "Line 7 of the .ppk file is no header");
		assertRefused(PPK.replace("Lines: 2", "Lines: two"), "Expected a number after Public-Lines");
		assertRefused(PPK.replace(": ssh-ed25519", ": ssh-rsa"), "says that the key is ssh-rsa");
		assertRefused("PuTTY-User-Key-File-3: ssh-ed25519\n", "no public part");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-----BEGIN OPENSSH PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----",
			"-----BEGIN PRIVATE KEY-----", "-----BEGIN ENCRYPTED PRIVATE KEY-----", "-----BEGIN EC PRIVATE KEY-----",
			"-----BEGIN DSA PRIVATE KEY-----", "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----",
			"-----BEGIN PGP PRIVATE KEY BLOCK-----", "-----begin openssh private key-----",
			"-----END OPENSSH PRIVATE KEY-----", "SSH PRIVATE KEY FILE FORMAT 1.1", "b3BlbnNzaC1rZXktdjEAAAAABG5vbmU",
			"PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\nAAAA", "Private-Lines: x", "Private-Lines: 03" })
	void refusesAPrivateKey(String mark) {
		for (String text : new String[] { mark, " \t" + mark + "\nc2VjcmV0", "> quoted\r\n> " + mark + "\r\n> c2VjcmV0",
				SampleKeys.ED25519 + "\n" + mark, PPK + mark + "\nc2VjcmV0\n", mark.replace("\n", "\r") }) {
			assertThatExceptionOfType(PrivateKeyException.class).isThrownBy(() -> PublicKeyText.parse(text))
				.withMessageContaining("Expected the public one")
				.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("c2VjcmV0"));
		}
	}

	@Test
	void refusesOptions() {
		assertRefused("no-pty,command=\"echo hi\" " + SampleKeys.ED25519, "Options stand before the key");
	}

	@Test
	void saysHowToConvertPem() {
		assertRefused("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----\n",
				"This is PEM. Expected one line, as in a .pub file: ssh-keygen -i -m PKCS8");
	}

	@Test
	void refusesMoreThanOneLine() {
		assertRefused(SampleKeys.ED25519 + "\n" + SampleKeys.RSA, "The text has 2 lines. Expected one key on one line");
		String wrapped = Arrays.stream(SampleKeys.RSA.split("(?<=\\G.{76})")).collect(Collectors.joining("\n"));
		assertRefused(wrapped, "Expected one key on one line");
	}

	@ParameterizedTest
	@CsvSource({ "'',There is no key", "'  \n',There is no key", "hello,Expected the key's type",
			"hello there,does not start with a key's type", "ssh-ed448 AAAA me,does not know the key type ssh-ed448" })
	void saysWhatItExpected(String text, String expected) {
		assertRefused(text, expected);
	}

	@Test
	void refusesMoreThanAKeyCouldHave() {
		assertRefused("BEGIN ".repeat(200_000), "The text has 1200000 characters. Expected one key");
	}

	@Test
	void neverRepeatsTheKey() {
		assertThatExceptionOfType(InvalidKeyException.class)
			.isThrownBy(() -> PublicKeyText.parse("ssh-ed25519 " + BASE64 + "=="))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain(BASE64.substring(20)));
	}

	private static void assertRefused(String text, String expected) {
		assertThatExceptionOfType(InvalidKeyException.class).isThrownBy(() -> PublicKeyText.parse(text))
			.withMessageContaining(expected)
			.isNotInstanceOf(PrivateKeyException.class);
	}

}
