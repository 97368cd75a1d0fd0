package io.latchkey.delivery;

import java.time.Instant;
import java.util.List;

import io.latchkey.SampleKeys;
import io.latchkey.delivery.SessionEnding.Outcome;
import io.latchkey.grants.GrantId;
import io.latchkey.nodestate.Findings;
import io.latchkey.openssh.PublicKey;
import org.junit.jupiter.api.Test;

import org.springframework.context.support.ResourceBundleMessageSource;

import static org.assertj.core.api.Assertions.assertThat;

class SessionNotesTests {

	private final SessionNotes notes = new SessionNotes(new Findings(messages()));

	@Test
	void saysThatNoSessionWasOpenOnlyWhenItLooked() throws Exception {
		assertThat(this.notes.of(List.of(new SessionOutcome(ending(), null, 0, "Cannot ask.", true))))
			.isEqualTo("Cannot ask.");
		assertThat(this.notes.of(List.of(SessionOutcome.done(ending(), Outcome.ENDED, 0, null))))
			.isEqualTo("No live session was open.");
	}

	@Test
	void saysHowManyWereEndedBesideThoseThatWereNot() throws Exception {
		assertThat(this.notes.of(List.of(SessionOutcome.done(ending(), Outcome.LEFT, 2, "One is left."))))
			.isEqualTo("2 live sessions were ended. One is left.");
	}

	@Test
	void saysNothingWhereNothingWasAsked() {
		assertThat(this.notes.of(List.of())).isEmpty();
	}

	private static SessionEnding ending() throws Exception {
		return new SessionEnding(1, "deploy", PublicKey.parse(SampleKeys.ed25519()).fingerprint(), new GrantId(1),
				Instant.EPOCH);
	}

	private static ResourceBundleMessageSource messages() {
		ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
		messages.setBasename("messages");
		messages.setDefaultEncoding("UTF-8");
		messages.setFallbackToSystemLocale(false);
		return messages;
	}

}
