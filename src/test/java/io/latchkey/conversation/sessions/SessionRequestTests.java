package io.latchkey.conversation.sessions;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;

import io.latchkey.conversation.protocol.Answers;
import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.conversation.protocol.NoDeadlines;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What is said of live sessions, and what is taken for an answer. */
class SessionRequestTests {

	private static final LiveSession SESSION = new LiveSession(4711, 1304526, Instant.ofEpochSecond(1795374140), null);

	@Test
	void whatBecameOfASessionIsToldInAWord() throws IOException {
		EndSession request = new EndSession("deploy", SESSION);
		assertThat(request.text()).isEqualTo("end 4711 1304526 deploy\n");
		assertThat(read(request, "ended")).isEqualTo(new EndSession.Ending.Ended());
		assertThat(read(request, "gone")).isEqualTo(new EndSession.Ending.Gone());
		assertThat(read(request, "failed stays it does")).isEqualTo(new EndSession.Ending.Stays("it does"));
		assertThatExceptionOfType(GrammarViolation.class).isThrownBy(() -> read(request, "ended 4711"));
	}

	@Test
	void aLookAtSessionsHasAnEnd() throws IOException {
		FindSessions request = new FindSessions("deploy");
		String line = "session 4711 1304526 1795374140 - -";
		assertThat(request.text()).isEqualTo("look deploy\n");
		assertThat(read(request, line, "level INFO", "looked").sessions()).containsExactly(SESSION);
		assertThatExceptionOfType(GrammarViolation.class)
			.isThrownBy(() -> read(request, Stream.generate(() -> line).limit(20_001).toArray(String[]::new)))
			.withMessageContaining("at most 20000 lines");
		assertThatExceptionOfType(GrammarViolation.class).isThrownBy(() -> read(request, "log mail a", "looked"));
		assertThatExceptionOfType(SessionsUnavailable.class)
			.isThrownBy(() -> read(request, "failed no-sshd another server serves this login"))
			.satisfies((ex) -> assertThat(ex.isWithoutSshd()).isTrue());
	}

	private static <R> R read(SessionRequest<R> request, String... lines) throws IOException {
		String text = String.join("\n", lines) + "\n";
		Answers answers = new Answers(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
				new NoDeadlines());
		return request.read(answers, ZoneOffset.UTC);
	}

}
