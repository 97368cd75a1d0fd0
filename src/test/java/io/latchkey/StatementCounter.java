package io.latchkey;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Counts the statements that are sent to the database, and the transactions that end
 * there.
 */
public class StatementCounter implements BeanPostProcessor {

	private final AtomicInteger statements = new AtomicInteger();

	private final AtomicInteger commits = new AtomicInteger();

	/**
	 * How many transactions that may have written were committed since it was last asked.
	 */
	public int takeCommits() {
		return this.commits.getAndSet(0);
	}

	/** How many there were since it was last asked. */
	public int take() {
		return this.statements.getAndSet(0);
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		return (bean instanceof DataSource source) ? counting(DataSource.class, source) : bean;
	}

	private <T> T counting(Class<T> type, T target) {
		AtomicBoolean readOnly = new AtomicBoolean();
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				count(method.getName(), arguments, readOnly);
				try {
					Object result = method.invoke(target, arguments);
					return (result instanceof Connection connection) ? counting(Connection.class, connection) : result;
				}
				catch (InvocationTargetException ex) {
					throw ex.getTargetException();
				}
			}));
	}

	private void count(String method, Object[] arguments, AtomicBoolean readOnly) {
		if (method.startsWith("prepare")) {
			this.statements.incrementAndGet();
		}
		else if (method.equals("setReadOnly")) {
			readOnly.set((Boolean) arguments[0]);
		}
		else if (method.equals("commit") && !readOnly.get()) {
			this.commits.incrementAndGet();
		}
	}

}
