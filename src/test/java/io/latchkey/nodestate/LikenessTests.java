package io.latchkey.nodestate;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LikenessTests {

	@ParameterizedTest
	@CsvSource({ "deploy, deploy, 0", "deploy, Deploy, 0", "deplyo, deploy, 1", "deply, deploy, 1", "deploy, deplou, 1",
			"deploy, root, 5", "'', ann, 3" })
	void countsWhatHasToBeChanged(String one, String other, int distance) {
		assertThat(Likeness.distance(one, other)).isEqualTo(distance);
		assertThat(Likeness.distance(other, one)).isEqualTo(distance);
	}

}
