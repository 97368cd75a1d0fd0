package io.latchkey.core;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A connection that has the turn from the first statement that may write to the end of
 * its transaction.
 */
final class TurnTakingConnection implements InvocationHandler {

	/** What makes more than a plain query of one, found too often rather than missed. */
	private static final Pattern WRITING = Pattern
		.compile("(?i)\\b(for|into|insert|update|delete|merge|final|next|nextval|call)\\b");

	private static final Pattern QUERY = Pattern.compile("(?is)\\s*(select|with|values)\\b.*");

	private final Connection connection;

	private final WriteTurns turns;

	private final AtomicBoolean turn = new AtomicBoolean();

	TurnTakingConnection(Connection connection, WriteTurns turns) {
		this.connection = connection;
		this.turns = turns;
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		return switch (method.getName()) {
			case "createStatement" -> statement(Statement.class, method, arguments);
			case "prepareStatement" -> statement(PreparedStatement.class, method, arguments);
			case "prepareCall" -> statement(CallableStatement.class, method, arguments);
			case "commit" -> {
				Object result = call(this.connection, method, arguments);
				end();
				yield result;
			}
			case "rollback" ->
				isOfSavepoint(arguments) ? call(this.connection, method, arguments) : callAndEnd(method, arguments);
			case "setAutoCommit" -> Boolean.TRUE.equals(first(arguments)) ? callAndEnd(method, arguments)
					: call(this.connection, method, arguments);
			case "close", "abort" -> callAndEnd(method, arguments);
			case "equals" -> proxy == first(arguments);
			default -> call(this.connection, method, arguments);
		};
	}

	/**
	 * A transaction whose commit failed is still open; then its rollback ends the turn.
	 */
	private @Nullable Object callAndEnd(Method method, Object @Nullable [] arguments) throws Throwable {
		try {
			return call(this.connection, method, arguments);
		}
		finally {
			end();
		}
	}

	private Object statement(Class<? extends Statement> type, Method method, Object @Nullable [] arguments)
			throws Throwable {
		Object statement = call(this.connection, method, arguments);
		Object prepared = first(arguments);
		return Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { type },
				(proxy, called, given) -> called.getName().startsWith("execute")
						? execute(statement, called, given, (prepared instanceof String) ? prepared : first(given))
						: call(statement, called, given));
	}

	/** A batch has no text of its own and is not taken for a query. */
	private @Nullable Object execute(@Nullable Object statement, Method method, Object @Nullable [] arguments,
			@Nullable Object sql) throws Throwable {
		if (sql instanceof String text && isPlainQuery(text)) {
			return call(statement, method, arguments);
		}
		begin();
		try {
			return call(statement, method, arguments);
		}
		finally {
			if (this.connection.isClosed() || this.connection.getAutoCommit()) {
				end();
			}
		}
	}

	private void begin() throws SQLException {
		if (!this.turn.get()) {
			this.turns.take();
			this.turn.set(true);
		}
	}

	private void end() {
		if (this.turn.compareAndSet(true, false)) {
			this.turns.giveBack();
		}
	}

	static boolean isPlainQuery(String sql) {
		return QUERY.matcher(sql).matches() && !WRITING.matcher(sql).find();
	}

	private static boolean isOfSavepoint(Object @Nullable [] arguments) {
		return arguments != null && arguments.length > 0;
	}

	private static @Nullable Object first(Object @Nullable [] arguments) {
		return (arguments != null && arguments.length > 0) ? arguments[0] : null;
	}

	private static @Nullable Object call(@Nullable Object target, Method method, Object @Nullable [] arguments)
			throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
