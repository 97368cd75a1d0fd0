package io.latchkey.audit;

import java.sql.Connection;
import java.sql.SQLException;

import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * Refuses to change or delete a row in H2, which calls it by its name; PostgreSQL has a
 * function of its own for it.
 */
public class AppendOnlyTrigger implements Trigger {

	@Override
	public void fire(Connection connection, @Nullable Object @Nullable [] before, @Nullable Object @Nullable [] after)
			throws SQLException {
		throw new SQLException("The audit trail is only ever added to");
	}

}
