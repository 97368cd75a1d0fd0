package io.latchkey.passwords;

import java.util.List;

import io.latchkey.conversation.sshd.PasswordLogins;
import io.latchkey.openssh.SshdSettings;

/** Whether a node's sshd lets in by password. */
public enum PasswordState {

	ON,

	OFF,

	/** Off, but for those whom a {@code Match} lets in by it all the same. */
	PARTLY,

	/** sshd does not understand its configuration, or was not asked. */
	UNKNOWN;

	private static final List<String> SETTINGS = List.of("passwordauthentication", "kbdinteractiveauthentication",
			"challengeresponseauthentication");

	static PasswordState of(PasswordLogins said) {
		SshdSettings settings = said.settings();
		if (said.broken() != null || settings.lines().isEmpty()) {
			return UNKNOWN;
		}
		boolean off = SETTINGS.stream()
			.allMatch((keyword) -> settings.value(keyword).map("no"::equalsIgnoreCase).orElse(true));
		if (!off) {
			return ON;
		}
		return Exceptions.in(said).isEmpty() ? OFF : PARTLY;
	}

}
