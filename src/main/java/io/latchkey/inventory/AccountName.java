package io.latchkey.inventory;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.latchkey.core.Fault;
import org.jspecify.annotations.Nullable;

/**
 * The form of an account's name on a node, as useradd(8), LDAP and Active Directory have
 * them: {@code alice}, {@code 1alice}, {@code alice.smith+ops},
 * {@code alice@corp.example.org}, {@code CORP\alice smith}, {@code host$}. It has at most
 * 256 bytes, begins with a letter, a digit, {@code _} or {@code .}, and holds nothing
 * that passwd(5), a path, a list of sshd_config(5) or a command line takes for its own.
 * Whether there is such an account the node knows.
 */
public final class AccountName {

	private static final int MOST_BYTES = 256;

	private static final Pattern FORM = Pattern
		.compile("(?!\\.\\.?$)[\\p{L}\\p{N}_.][\\p{L}\\p{M}\\p{N}._@+ \\\\'&#!~=^()-]*(?<! )\\$?");

	private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

	private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._@+-]+");

	private static final Pattern REFUSED = Pattern.compile("[\\\\$&'()]");

	private AccountName() {
	}

	/**
	 * Returns the fault of a name, or nothing when it is well-formed.
	 */
	public static Optional<Fault> fault(String field, @Nullable String account) {
		if (account == null || !isWellFormed(account)) {
			return Optional.of(Fault.of(field, "account.malformed"));
		}
		return Optional.empty();
	}

	public static boolean isWellFormed(String account) {
		return FORM.matcher(account).matches() && account.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
	}

	/** Whether it means nothing else in the files of OpenSSH's client either. */
	public static boolean isPlain(String account) {
		return PLAIN.matcher(account).matches();
	}

	/**
	 * How a person's command names the account and where it is, in words for a shell: as
	 * one where nothing in it is special, and else by {@code -l}.
	 */
	public static String destination(String account, String address) {
		return WORD.matcher(account).matches() ? account + "@" + address : "-l " + quoted(account) + " " + address;
	}

	/**
	 * What ~/.ssh/config says for an account that clients of OpenSSH refuse on their
	 * command line, by {@code -l} as well: 9.6 for the signs of a shell, 10.6 also for a
	 * backslash and a dollar. Then the address alone is the destination. Empty where
	 * there is no need.
	 */
	public static List<String> configuration(String account, String address) {
		return REFUSED.matcher(account).find() ? List.of("Host " + address, "    User \"" + account + "\"") : List.of();
	}

	/** As one word for a shell. */
	public static String quoted(String account) {
		return WORD.matcher(account).matches() ? account : "'" + account.replace("'", "'\\''") + "'";
	}

	/** The same for the command line of Windows. */
	public static String destinationOnWindows(String account, String address) {
		return WORD.matcher(account).matches() ? account + "@" + address : "-l \"" + account + "\" " + address;
	}

}
