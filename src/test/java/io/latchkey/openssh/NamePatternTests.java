package io.latchkey.openssh;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NamePatternTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			web1, web1, true
			web1, web12, false
			web1, Web1, false
			*, '', true
			?, '', false
			web?, web1, true
			web?, web, false
			web*, web, true
			*.example.org, a.b.example.org, true
			*.example.org, example.org, false
			*a*b, xxaxbxab, true
			*a*b, xxaxbxa, false
			a.b, axb, false
			[a], [a], true
			'**?*', x, true
			""")
	void matches(String pattern, String name, boolean matches) {
		assertThat(new NamePattern(pattern).matches(name)).isEqualTo(matches);
	}

	@Test
	void aNegatedPatternTakesOut() {
		NamePatterns patterns = NamePatterns.parse("web*,!web2,db1");
		assertThat(List.of("web1", "web2", "db1", "db2")).filteredOn(patterns::matches).containsExactly("web1", "db1");
		assertThat(NamePatterns.parse("!web2").matches("web1")).isFalse();
		assertThat(patterns.isLiteral()).isFalse();
		assertThat(patterns.names()).containsExactly("db1");
	}

}
