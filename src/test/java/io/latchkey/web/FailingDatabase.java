package io.latchkey.web;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * A database that fails as it is told to: away, gone in the middle of a call, busy with
 * others, or answering what makes no sense.
 */
public class FailingDatabase implements BeanPostProcessor {

	private volatile BiFunction<String, String, @Nullable SQLException> failure = (method, sql) -> null;

	/** It gives out no connection any more. */
	void goAway() {
		this.failure = (method, sql) -> method.equals("getConnection")
				? new SQLTransientConnectionException("latchkey - Connection is not available") : null;
	}

	/** Statements that name the table find the connection gone. */
	void goAwayAt(String table) {
		this.failure = (method, sql) -> sql.contains(table) ? new SQLException("The connection is broken", "08006")
				: null;
	}

	/** What was written to the table is not known to be kept. */
	void goAwayAtTheCommitOf(String table) {
		AtomicBoolean written = new AtomicBoolean();
		this.failure = (method, sql) -> {
			written.compareAndSet(false, sql.startsWith("insert into " + table));
			return (method.equals("commit") && written.get()) ? new SQLException("The connection is broken", "08006")
					: null;
		};
	}

	/** Statements that name the table wait for others too long. */
	void beBusyAt(String table) {
		this.failure = (method, sql) -> sql.contains(table) ? new SQLException("Timeout trying to lock", "HYT00")
				: null;
	}

	/** All that tells who asks works, and nothing else does. */
	void answerNonsense() {
		this.failure = (method,
				sql) -> sql.isEmpty() || sql.matches("(?s).*(signed_in_session|api_token|\\busers\\b|second_factor).*")
						? null : new SQLException("relation \"secret\" does not exist: select secret_hash from secret",
								"42P01");
	}

	void work() {
		this.failure = (method, sql) -> null;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		return (bean instanceof DataSource source) ? failing(DataSource.class, source) : bean;
	}

	private <T> T failing(Class<T> type, T target) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> call(target, method, arguments)));
	}

	private @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
		String sql = (arguments != null && arguments.length > 0 && arguments[0] instanceof String text) ? text : "";
		SQLException next = this.failure.apply(method.getName(), sql);
		if (next != null) {
			throw next;
		}
		try {
			Object result = method.invoke(target, arguments);
			return (result instanceof Connection connection) ? failing(Connection.class, connection) : result;
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
