package io.latchkey.openssh;

import java.util.Locale;

/** What in sshd's configuration (sshd_config(5)) decides about a login by a key. */
public enum LoginRule {

	REFUSE_CONNECTION("refuseconnection"),

	DENY_USERS("denyusers"),

	ALLOW_USERS("allowusers"),

	DENY_GROUPS("denygroups"),

	ALLOW_GROUPS("allowgroups"),

	PUBKEY_AUTHENTICATION("pubkeyauthentication"),

	PERMIT_ROOT_LOGIN("permitrootlogin"),

	/** Root is let in only by a key with a command of its own. */
	FORCED_COMMANDS_ONLY("permitrootlogin"),

	AUTHENTICATION_METHODS("authenticationmethods"),

	/** The key's type is none of those that are accepted. */
	ACCEPTED_ALGORITHMS("pubkeyacceptedalgorithms"),

	/** The RSA key is too short. */
	RSA_SIZE("requiredrsasize"),

	/** The list in the line's {@code from=} is one that sshd refuses. */
	FROM_MALFORMED("from"),

	/** No host fits the line's {@code from=}. */
	FROM_NOBODY("from"),

	/** The node keeps a list of revoked keys. */
	REVOKED_KEYS("revokedkeys"),

	/** Some settings hold for some connections only. */
	CONNECTION("match");

	private final String keyword;

	LoginRule(String keyword) {
		this.keyword = keyword;
	}

	/** The setting, in lower case. */
	public String keyword() {
		return this.keyword;
	}

	/** As in the keys of the bundle, such as {@code allow-users}. */
	public String code() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
