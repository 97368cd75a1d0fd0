package io.latchkey.transport;

/**
 * An account whose file is asked for.
 *
 * @param account the name
 * @param pathPattern where its file is, as {@code AuthorizedKeysFile} in sshd_config(5)
 * has it, with {@code %h}, {@code %u} and {@code %%}
 */
public record AccountQuery(String account, String pathPattern) {

	public static final String DEFAULT_PATH_PATTERN = "%h/.ssh/authorized_keys";

	/**
	 * @throws IllegalArgumentException when the name or the pattern cannot be one
	 */
	public AccountQuery {
		NodeScript.requireAccount(account);
		NodeScript.requirePath(pathPattern);
	}

	public AccountQuery(String account) {
		this(account, DEFAULT_PATH_PATTERN);
	}

}
