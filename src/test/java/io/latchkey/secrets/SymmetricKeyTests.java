package io.latchkey.secrets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SymmetricKeyTests {

	@Test
	void readsWhatItRenders() {
		String text = SymmetricKey.generate().render();
		assertThat(SymmetricKey.parse(" " + text + "\n")).map(SymmetricKey::render).hasValue(text);
	}

	@Test
	void isNewEachTime() {
		assertThat(SymmetricKey.generate().render()).isNotEqualTo(SymmetricKey.generate().render());
	}

	@Test
	void refusesWhatIsNotTheBase64Of32Bytes() {
		assertThat(SymmetricKey.parse("")).isEmpty();
		assertThat(SymmetricKey.parse("correct horse battery staple")).isEmpty();
		assertThat(SymmetricKey.parse("AAAA")).isEmpty();
		assertThat(SymmetricKey.parse(SymmetricKey.generate().render() + "AAAA")).isEmpty();
	}

}
