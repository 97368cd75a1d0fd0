package io.latchkey.core;

import java.sql.SQLException;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives each {@link ConnectionShare} its part of the pool. */
@Configuration(proxyBeanMethods = false)
class SharedPoolConfiguration {

	/** Where none is named (HikariCP, {@code maximumPoolSize}). */
	private static final int DEFAULT_SIZE = 10;

	@Bean
	static BeanPostProcessor sharesOfThePool() {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean instanceof DataSource source && isPool(source)) ? new SharedPool(source, sizeOf(source))
						: bean;
			}

		};
	}

	private static boolean isPool(DataSource source) {
		try {
			return source.isWrapperFor(HikariDataSource.class);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The data source does not say what it is", ex);
		}
	}

	private static int sizeOf(DataSource source) {
		try {
			int size = source.unwrap(HikariDataSource.class).getMaximumPoolSize();
			return (size > 0) ? size : DEFAULT_SIZE;
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The pool does not say its size", ex);
		}
	}

}
