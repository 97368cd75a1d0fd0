package io.latchkey.conversation.protocol;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.latchkey.openssh.ShownText;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AnswersTests {

	@Test
	void aLineShowsAsWhatItIs() throws IOException {
		assertThat(answers("account alice file - /home/\u202ekeys\u0085\n").line())
			.isEqualTo("account alice file - /home/�keys�");
	}

	@Test
	void whatIsNotUtf8ShowsAsSuch() throws IOException {
		byte[] line = "rule Banner gr\u00fcn\n".getBytes(StandardCharsets.ISO_8859_1);
		assertThat(new Answers(new ByteArrayInputStream(line), new NoDeadlines()).line())
			.isEqualTo("rule Banner gr\uFFFDn");
	}

	@Test
	void bytesStayAsTheyAre() throws IOException {
		byte[] content = "# \u202e\u0085\u001b\n".getBytes(StandardCharsets.UTF_8);
		assertThat(new Answers(new ByteArrayInputStream(content), new NoDeadlines()).bytes(content.length))
			.isEqualTo(content);
	}

	@Test
	void aConversationHasItsMostOfLines() throws IOException {
		Answers answers = answers("\n".repeat(Answers.MOST_LINES + 1));
		for (int i = 0; i < Answers.MOST_LINES; i++) {
			answers.line();
		}
		assertThatExceptionOfType(GrammarViolation.class).isThrownBy(answers::line)
			.withMessageContaining("at most 500000 lines");
	}

	@Test
	void whatAShellSaysIsOneLineThatShowsAsWhatItIs() {
		assertThat(ShownText.inOneLine(" a\r\nb\u001b[2J\u202ec\u009b ")).isEqualTo("a b [2J�c�");
	}

	private static Answers answers(String text) {
		return new Answers(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), new NoDeadlines());
	}

}
