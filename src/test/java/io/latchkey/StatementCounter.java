package io.latchkey;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Counts the statements that are sent to the database.
 */
public class StatementCounter implements BeanPostProcessor {

	private final AtomicInteger statements = new AtomicInteger();

	/** How many there were since it was last asked. */
	public int take() {
		return this.statements.getAndSet(0);
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		return (bean instanceof DataSource source) ? counting(DataSource.class, source) : bean;
	}

	private <T> T counting(Class<T> type, T target) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				if (method.getName().startsWith("prepare")) {
					this.statements.incrementAndGet();
				}
				try {
					Object result = method.invoke(target, arguments);
					return (result instanceof Connection connection) ? counting(Connection.class, connection) : result;
				}
				catch (InvocationTargetException ex) {
					throw ex.getTargetException();
				}
			}));
	}

}
