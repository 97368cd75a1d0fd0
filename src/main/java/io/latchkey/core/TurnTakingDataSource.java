package io.latchkey.core;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections to an embedded database whose transactions take turns in writing: each from
 * its first statement that may write to its end. Those that only read go on side by side.
 * <p>
 * To be used below a connection pool, which rolls back what was left open. Rows that are
 * changed through a {@link java.sql.ResultSet} are not noticed.
 */
public final class TurnTakingDataSource extends DelegatingDataSource {

	private final WriteTurns turns = new WriteTurns();

	/**
	 * @param target opens a connection to the database each time
	 */
	public TurnTakingDataSource(DataSource target) {
		super(target);
	}

	@Override
	public Connection getConnection() throws SQLException {
		return takingTurns(super.getConnection());
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return takingTurns(super.getConnection(username, password));
	}

	private Connection takingTurns(Connection connection) {
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				new TurnTakingConnection(connection, this.turns));
	}

}
