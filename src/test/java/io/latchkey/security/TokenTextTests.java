package io.latchkey.security;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TokenTextTests {

	@Test
	void hasTheFormThatScannersLookFor() {
		String id = TokenText.newId();
		TokenText text = TokenText.generate(id);
		assertThat(text.text()).matches("lk_[0-9a-f]{16}_[A-Za-z0-9_-]{43}");
		assertThat(text.id()).hasValue(id);
	}

	@Test
	void isNewEachTime() {
		assertThat(TokenText.generate("0123456789abcdef").text())
			.isNotEqualTo(TokenText.generate("0123456789abcdef").text());
	}

	@Test
	void hasNoIdWhenItIsOfAnotherForm() {
		assertThat(new TokenText("any text").id()).isEmpty();
		assertThat(new TokenText("lk_short_secret").id()).isEmpty();
	}

	@Test
	void isKnownByItsHash() {
		assertThat(new TokenText("abc").hash())
			.isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
		assertThat(new TokenText("abc").hasHash(new TokenText("abc").hash())).isTrue();
		assertThat(new TokenText("abd").hasHash(new TokenText("abc").hash())).isFalse();
	}

	@Test
	void doesNotShowItself() {
		TokenText text = TokenText.generate(TokenText.newId());
		assertThat(text.toString()).doesNotContain(text.text());
	}

}
