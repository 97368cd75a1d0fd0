package io.latchkey.diagnosis.mends;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.latchkey.conversation.accounts.AccountExamination.ExaminedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.diagnosis.LoginFacts;
import io.latchkey.diagnosis.Visit;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.PrivateKeyText;
import org.jspecify.annotations.Nullable;

/**
 * A file that sshd reads for an account, when it can be written so that just the same
 * comes back.
 *
 * @param standing null where there is none yet
 */
record KeyFile(String path, @Nullable ExaminedFile standing, @Nullable AuthorizedKeysFile content) {

	static Optional<KeyFile> of(Visit.VisitedFile file, LoginFacts facts) {
		if (file.path().isEmpty() || file.observed().presence() == Presence.ABSENT) {
			return file.path().isEmpty() ? Optional.empty() : Optional.of(new KeyFile(file.path(), null, null));
		}
		ExaminedFile standing = facts.step(file.path()).findFirst().orElse(null);
		if (file.content() == null || standing == null || holdsSecret(file.content())) {
			return Optional.empty();
		}
		boolean isOwn = facts.told().entry() != null && standing.uid() == facts.told().entry().uid();
		return (isOwn || !file.observed().altersWhenWritten())
				? Optional.of(new KeyFile(file.path(), standing, file.content())) : Optional.empty();
	}

	/** Of a private key nothing is kept. */
	static boolean holdsSecret(AuthorizedKeysFile content) {
		return PrivateKeyText.matches(new String(content.render(), StandardCharsets.UTF_8));
	}

}
