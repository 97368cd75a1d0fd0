package io.latchkey.inventory;

import java.util.Optional;
import java.util.regex.Pattern;

import io.latchkey.core.Fault;
import org.jspecify.annotations.Nullable;

/**
 * The form of an account's name on a node: 1 to 32 characters of
 * {@code A-Z a-z 0-9 . _ -}, starting with a letter or {@code _}; a {@code $} may follow
 * (useradd(8), and what directories add to it).
 */
public final class AccountName {

	private static final Pattern FORM = Pattern.compile("[A-Za-z_][A-Za-z0-9._-]{0,31}\\$?");

	private AccountName() {
	}

	/**
	 * Returns the fault of a name, or nothing when it is well-formed.
	 */
	public static Optional<Fault> fault(String field, @Nullable String account) {
		if (account == null || !FORM.matcher(account).matches()) {
			return Optional.of(Fault.of(field, "account.malformed"));
		}
		return Optional.empty();
	}

}
