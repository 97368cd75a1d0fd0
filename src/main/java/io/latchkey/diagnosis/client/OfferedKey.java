package io.latchkey.diagnosis.client;

import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * A key that a client offered.
 *
 * @param name its file, or its comment where it came from an agent
 * @param type as the client names it, such as {@code ED25519-CERT}; null where it does
 * not
 * @param fingerprint null where the client does not say: PuTTY never does, and OpenSSH
 * before 7.8 does not with {@code -v}
 */
public record OfferedKey(String name, @Nullable String type, @Nullable Fingerprint fingerprint, Answer answer) {

	/** What the server said of it. */
	public enum Answer {

		ACCEPTED, REFUSED,
		/** Nothing, or the text ends before. */
		NONE

	}

	OfferedKey with(Answer answer) {
		return new OfferedKey(this.name, this.type, this.fingerprint, answer);
	}

	OfferedKey with(@Nullable Fingerprint fingerprint) {
		return new OfferedKey(this.name, this.type, fingerprint, this.answer);
	}

}
