package io.latchkey.api.enrolment;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.latchkey.api.answer.SecretText;
import io.latchkey.api.answer.ShownOnce;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Privilege;
import io.latchkey.registration.EnrolmentToken;
import io.latchkey.registration.MadeEnrolmentToken;
import org.jspecify.annotations.Nullable;

/**
 * An enrolment token.
 *
 * @param token its text, in the answer to its making and never again
 * @param commands to be run on a node, either of them; they ask for the text
 */
record EnrolmentTokenAnswer(String id, @Nullable String purpose, EnrolmentToken.State state, String managementAccount,
		Privilege privilege, Mode mode, List<String> clusters, Map<String, String> labels, boolean approval, int uses,
		int used, Instant madeAt, String madeBy, Instant expiresAt, @Nullable Instant endedAt,
		@Nullable SecretText token, @Nullable List<String> commands) implements ShownOnce {

	static EnrolmentTokenAnswer of(EnrolmentToken token, Instant now) {
		return of(token, now, null, null);
	}

	static EnrolmentTokenAnswer of(MadeEnrolmentToken made, Instant now, List<String> commands) {
		return of(made.token(), now, new SecretText(made.text().text()), commands);
	}

	private static EnrolmentTokenAnswer of(EnrolmentToken token, Instant now, @Nullable SecretText text,
			@Nullable List<String> commands) {
		return new EnrolmentTokenAnswer(token.id(), token.purpose(), token.stateAt(now),
				token.joining().managementAccount(), token.joining().privilege(), token.joining().mode(),
				token.joining().clusters(), token.joining().labels(), token.joining().approval(), token.uses(),
				token.used(), token.madeAt(), token.madeBy(), token.expiresAt(), token.endedAt(), text, commands);
	}

	/** Without the secret. */
	@Override
	public String toString() {
		return "EnrolmentTokenAnswer[" + this.id + "]";
	}

}
