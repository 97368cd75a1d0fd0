package io.latchkey.core;

import org.junit.jupiter.api.Test;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

class StartRefusedFailureAnalyzerTests {

	@Test
	void saysWhatIsWrongAndWhatToDo() {
		StartRefusedException refused = new StartRefusedException("The key is missing", "Put it back");
		FailureAnalysis analysis = new StartRefusedFailureAnalyzer()
			.analyze(new IllegalStateException("No such bean", refused));
		assertThat(analysis.getDescription()).isEqualTo("The key is missing");
		assertThat(analysis.getAction()).isEqualTo("Put it back");
	}

	@Test
	void isKnownToSpringBoot() {
		assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, SpringFactoriesLoader.ArgumentResolver.none(), (type, name, failure) -> {
			})).hasAtLeastOneElementOfType(StartRefusedFailureAnalyzer.class);
	}

}
