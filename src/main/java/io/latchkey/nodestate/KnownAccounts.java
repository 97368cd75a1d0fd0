package io.latchkey.nodestate;

import java.util.List;

import io.latchkey.core.SearchText;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The names of accounts that were granted, looked at or logged in with anywhere.
 */
@Component
public class KnownAccounts {

	private final JdbcClient jdbc;

	KnownAccounts(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The first few with that part in their name, by name. */
	public List<String> named(@Nullable String part, int most) {
		return this.jdbc.sql("""
				select account from (select account from account_state union select account from access_grant
				union select management_account from node) known
				where lower(account) like :pattern escape '!' order by account limit :most""")
			.param("pattern", SearchText.pattern(part))
			.param("most", most)
			.query(String.class)
			.list();
	}

}
