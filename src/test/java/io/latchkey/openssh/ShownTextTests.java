package io.latchkey.openssh;

import java.util.stream.IntStream;

import io.latchkey.core.FreeText;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ShownTextTests {

	@Test
	void showsWhatWouldShowAsSomethingElse() {
		assertThat(ShownText.of("a\u202eb\u2066c\u200fd\u009b31me\u2028f\rg")).isEqualTo("a�b�c�d�31me�f�g");
	}

	@Test
	void leavesEverythingElse() {
		String text = "ssh-ed25519 AAAA\tÅsa 山田 \ud83d\ude80 שלום";
		assertThat(ShownText.of(text)).isSameAs(text);
	}

	/** Or a line of Latchkey's would be found as another than it was written. */
	@Test
	void hidesNothingThatPeopleMayWrite() {
		assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
			.filter((c) -> c != '\t' && Character.getType(c) != Character.SURROGATE)
			.mapToObj(Character::toString)
			.filter((text) -> FreeText.isPlain(text) != ShownText.of(text).equals(text))).isEmpty();
	}

}
