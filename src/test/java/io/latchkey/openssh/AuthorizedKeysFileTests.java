package io.latchkey.openssh;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.latchkey.openssh.AuthorizedKeysFile.KeyLine;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.AuthorizedKeysFile.OtherLine;
import io.latchkey.openssh.AuthorizedKeysFile.OtherLine.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AuthorizedKeysFileTests {

	/** An account writes what it likes into its file. */
	@Test
	void aLineHasSoManyOptionsAtTheMost() {
		String key = SampleKeys.ED25519 + " eve";
		assertThat(AuthorizedKeysFile.Line.of("no-pty,".repeat(999) + "no-pty " + key)).isInstanceOf(KeyLine.class);
		AuthorizedKeysFile.Line line = AuthorizedKeysFile.Line.of("a,".repeat(4 * 1024 * 1024) + "a " + key);
		assertThat(line).isInstanceOfSatisfying(OtherLine.class,
				(other) -> assertThat(other.kind()).isEqualTo(OtherLine.Kind.UNREADABLE));
	}

	private static final String KEY = SampleKeys.ED25519;

	@Test
	void readsAKeyWithOptionsAndComment() {
		KeyLine line = keyLine("\t restrict,command=\"say \\\"a b\\\"\" \t" + KEY + "  alice's laptop ");
		assertThat(line.publicKey().render()).isEqualTo(KEY);
		assertThat(line.key()).contains(line.publicKey());
		assertThat(line.options().value("command")).contains("say \"a b\"");
		assertThat(line.comment()).isEqualTo("alice's laptop ");
	}

	@Test
	void readsAKeyAlone() {
		KeyLine line = keyLine(KEY);
		assertThat(line.options()).isEqualTo(KeyOptions.NONE);
		assertThat(line.comment()).isEmpty();
		assertThat(line.text()).isEqualTo(KEY);
	}

	@Test
	void readsAKeyInFrontOfANulByte() {
		assertThat(parse(KEY + "\0 more\n").lines().get(0).key()).contains(SampleKeys.parse(KEY));
	}

	@ParameterizedTest
	@ValueSource(strings = { KEY + "x", "from=\"a " + KEY, "from=a " + KEY, "fo\"o \"o " + KEY, "=\"x\" " + KEY,
			"from=\"a\"b " + KEY, "\uFEFF" + KEY, "\uFEFFpty " + KEY, "a b " + KEY, "1024 35 12345 me", "hello",
			"ssh-ed25519", "ssh-ed25519 AAAA", "\u000B" + KEY, "SSH-ED25519 AAAA" })
	void keepsWhatSshdCannotRead(String text) {
		assertThat(Line.of(text)).isInstanceOfSatisfying(OtherLine.class,
				(line) -> assertThat(line.kind()).isEqualTo(Kind.UNREADABLE));
		assertThat(parse(text).render()).isEqualTo(bytes(text));
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', value = { "\"\",BLANK", "\" \t\",BLANK", "# hello,COMMENT", "\" \t#\",COMMENT" })
	void tellsBlankLinesAndComments(String text, Kind kind) {
		for (String end : new String[] { "\n", "\r\n" }) {
			assertThat(parse(text + end).lines()).singleElement()
				.isInstanceOfSatisfying(OtherLine.class, (line) -> assertThat(line.kind()).isEqualTo(kind))
				.satisfies((line) -> assertThat(line.text()).isEqualTo(text));
		}
	}

	@Test
	void isEmptyWithoutAByte() {
		assertThat(AuthorizedKeysFile.EMPTY.render()).isEmpty();
		assertThat(AuthorizedKeysFile.parse(new byte[0])).isEqualTo(AuthorizedKeysFile.EMPTY);
		assertThat(AuthorizedKeysFile.EMPTY.lines()).isEmpty();
	}

	@Test
	void endsAnUnendedLineBeforeAnAddedOne() {
		List<Line> lines = new ArrayList<>(parse("# one\r\n# two").lines());
		lines.add(Line.of(KEY));
		assertThat(AuthorizedKeysFile.of(lines).render()).isEqualTo(bytes("# one\r\n# two\n" + KEY + "\n"));
	}

	@Test
	void keepsLineEndsOfLinesThatStay() {
		List<Line> lines = new ArrayList<>(parse("# one\r\n" + KEY + "\r\n\n# last").lines());
		lines.remove(1);
		assertThat(AuthorizedKeysFile.of(lines).render()).isEqualTo(bytes("# one\r\n\n# last"));
	}

	@Test
	void findsALineWhateverItsEnd() {
		assertThat(parse("# one\r\n" + KEY + "\r\n").lines()).contains(Line.of(KEY)).doesNotContain(Line.of("# two"));
		assertThat(parse(KEY).lines()).containsExactly(Line.of(KEY));
	}

	@Test
	void tellsLinesApartThatShowAlike() {
		Line first = AuthorizedKeysFile.parse(new byte[] { '#', -1 }).lines().get(0);
		Line second = AuthorizedKeysFile.parse(new byte[] { '#', -2 }).lines().get(0);
		assertThat(first.text()).isEqualTo(second.text());
		assertThat(first).isNotEqualTo(second);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\nb", "a\rb", "a\0b", "\n" })
	void makesNoTwoLinesOfOne(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Line.of(text));
	}

	private static KeyLine keyLine(String text) {
		assertThat(parse(text).lines()).hasSize(1);
		return (KeyLine) parse(text).lines().get(0);
	}

	private static AuthorizedKeysFile parse(String text) {
		return AuthorizedKeysFile.parse(bytes(text));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
