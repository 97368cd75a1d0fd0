package io.latchkey.secrets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MasterKeyTests {

	@Test
	void readsWhatItRenders() {
		String text = MasterKey.generate().render();
		assertThat(MasterKey.parse(" " + text + "\n")).map(MasterKey::render).hasValue(text);
	}

	@Test
	void isNewEachTime() {
		assertThat(MasterKey.generate().render()).isNotEqualTo(MasterKey.generate().render());
	}

	@Test
	void refusesWhatIsNotTheBase64Of32Bytes() {
		assertThat(MasterKey.parse("")).isEmpty();
		assertThat(MasterKey.parse("correct horse battery staple")).isEmpty();
		assertThat(MasterKey.parse("AAAA")).isEmpty();
		assertThat(MasterKey.parse(MasterKey.generate().render() + "AAAA")).isEmpty();
	}

}
