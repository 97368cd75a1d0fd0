package io.latchkey.core;

import io.latchkey.RequiresProgram;
import io.latchkey.sshd.ProgramRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ShellWordTests {

	@ParameterizedTest
	@ValueSource(strings = { "/home/deploy/.ssh", "/home/it's here", "a\\b", "$(id)", "`id`", "*", "a;b", "~", "" })
	@RequiresProgram("sh")
	void aShellReadsOneWord(String text) {
		assertThat(ProgramRun.of("sh", "-c", "printf '<%s>' " + ShellWord.quoted(text)).output())
			.isEqualTo("<" + text + ">");
	}

}
