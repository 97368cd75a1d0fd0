package io.latchkey.openssh;

import java.util.List;
import java.util.Locale;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KeyOptionsTests {

	@Test
	void readsFlagsAndValues() {
		KeyOptions options = KeyOptions
			.parse("restrict,no-PTY,command=\"echo \\\"hi, you\\\"\",from=\"10.0.0.0/8,*.org\"");
		assertThat(options.options()).containsExactly(new KeyOption("restrict", null), new KeyOption("no-PTY", null),
				new KeyOption("command", "echo \"hi, you\""), new KeyOption("from", "10.0.0.0/8,*.org"));
	}

	@Test
	void comparesNamesWithoutCase() {
		KeyOptions options = KeyOptions.parse("No-Pty,COMMAND=\"true\"");
		assertThat(options.has("no-pty")).isTrue();
		assertThat(options.has("pty")).isFalse();
		assertThat(options.value("command")).contains("true");
		assertThat(options.value("no-pty")).isEmpty();
		assertThat(options.without("command").render()).isEqualTo("No-Pty");
	}

	@Test
	void givesTheFirstValueOfAName() {
		assertThat(KeyOptions.parse("environment=\"A=1\",environment=\"B=2\"").value("environment")).contains("A=1");
	}

	@Test
	void keepsWhatItDoesNotChangeAsItIsWritten() {
		KeyOptions options = KeyOptions.parse("restrict,,Command=\"a\\b\",");
		assertThat(options.render()).isEqualTo("restrict,,Command=\"a\\b\",");
		assertThat(options.with("pty", null).render()).isEqualTo("restrict,Command=\"a\\b\",pty");
		assertThat(options.without("from")).isSameAs(options);
	}

	@Test
	void isEmptyWithoutOptions() {
		assertThat(KeyOptions.parse("")).isSameAs(KeyOptions.NONE);
		assertThat(KeyOptions.NONE.isEmpty()).isTrue();
		assertThat(KeyOptions.NONE.render()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'',
			value = { "command=true|double quotes at character 9", "command=\"true|quote that opens at character 9",
					"command=\"true\\\"|quote that opens at character 9",
					"command=\"a\"b|comma or the end at character 12",
					"=\"x\"|name of letters, digits and hyphens at character 1", "pty,fo\"o|at character 5",
					"a b|at character 1" })
	void saysWhereItCannotBeRead(String text, String expected) {
		assertThatIllegalArgumentException().isThrownBy(() -> KeyOptions.parse(text)).withMessageContaining(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "two\nlines", "a\rb", "a\0b", "ends in \\" })
	void refusesAValueThatCannotBeWritten(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> KeyOptions.NONE.with("command", value));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a,b", "a=b", "a b", "a\"" })
	void refusesAMalformedName(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> KeyOptions.NONE.with(name, null));
	}

	@Property
	void readsWhatItWrites(@ForAll("options") List<KeyOption> options) {
		KeyOptions written = KeyOptions.NONE;
		for (KeyOption option : options) {
			written = written.with(option.name(), option.value());
		}
		assertThat(KeyOptions.parse(written.render()).options()).isEqualTo(options);
		assertThat(AuthorizedKeysFile.Line.of(written.render() + " " + SampleKeys.ED25519)).isInstanceOfSatisfying(
				AuthorizedKeysFile.KeyLine.class, (line) -> assertThat(line.options().options()).isEqualTo(options));
	}

	@Property
	void neitherAddsNorLosesAnything(@ForAll("fields") String field) {
		try {
			assertThat(KeyOptions.parse(field).render()).isEqualTo(field);
		}
		catch (IllegalArgumentException ex) {
			assertThat(ex).hasMessageContaining("at character");
		}
	}

	@Property
	void dropsEachOptionOfAName(@ForAll("options") List<KeyOption> options) {
		KeyOptions all = options.stream()
			.reduce(KeyOptions.NONE, (some, option) -> some.with(option.name(), option.value()), (a, b) -> b);
		for (KeyOption option : options) {
			KeyOptions fewer = all.without(option.name().toUpperCase(Locale.ROOT));
			assertThat(fewer.has(option.name())).isFalse();
			assertThat(fewer.options()).isSubsetOf(options);
		}
	}

	@Provide
	Arbitrary<List<KeyOption>> options() {
		Arbitrary<String> names = Arbitraries.of("restrict", "pty", "no-pty", "command", "from", "environment",
				"expiry-time", "x@example.org");
		Arbitrary<String> values = Arbitraries.strings()
			.withChars("abc ,=\"\\\t#é$'")
			.ofMaxLength(12)
			.filter((value) -> !value.endsWith("\\"));
		return Combinators.combine(names, values.injectNull(0.3)).as(KeyOption::new).list().ofMaxSize(6);
	}

	@Provide
	Arbitrary<String> fields() {
		return Arbitraries.strings().withChars("ab-=,\"\\ ").ofMaxLength(16);
	}

}
