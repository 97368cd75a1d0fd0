package io.latchkey.pages.activity;

import io.latchkey.logins.Login;
import io.latchkey.logins.Standing;
import io.latchkey.pages.Links;
import org.jspecify.annotations.Nullable;

/**
 * A login for a reader.
 *
 * @param link to whose key it was; null when that is nobody
 * @param nobodys whether it was a key of which nobody is known
 */
record LoginRow(Login login, @Nullable String link, boolean nobodys) {

	static LoginRow of(Login login) {
		String identity = login.identity();
		boolean nobodys = identity == null
				&& (login.standing() == Standing.UNGRANTED || login.standing() == Standing.TOLERATED);
		return new LoginRow(login, (identity != null) ? Links.holder(identity) : null, nobodys);
	}

}
