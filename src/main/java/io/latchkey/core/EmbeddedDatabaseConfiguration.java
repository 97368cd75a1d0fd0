package io.latchkey.core;

import java.util.Locale;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Has those who write to the embedded database take turns, so that its file is whole
 * whenever the process dies (see {@code docs/decisions/0005}), and keeps its folder to
 * its owner and its connections for good.
 */
@Configuration(proxyBeanMethods = false)
class EmbeddedDatabaseConfiguration {

	@Bean
	static BeanPostProcessor turnsToWrite() {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessBeforeInitialization(Object bean, String name) {
				if (bean instanceof HikariDataSource pool && isEmbedded(pool.getJdbcUrl())) {
					keepConnections(pool);
					if (isEmbeddedFile(pool.getJdbcUrl())) {
						DatabaseFolder.of(pool.getJdbcUrl()).keepToItsOwner();
						pool.setDataSource(new TurnTakingDataSource(
								new DriverDataSource(pool.getJdbcUrl(), pool.getDriverClassName(),
										pool.getDataSourceProperties(), pool.getUsername(), pool.getPassword())));
					}
				}
				return bean;
			}

		};
	}

	/**
	 * A check constraint of H2 2.4.240 with a list of values ({@code in}) compares by the
	 * session that made it: when that one is closed, as the pool does with each after
	 * half an hour, nothing can be written to the table until the database is opened
	 * again. A connection within the process does not grow old.
	 */
	static void keepConnections(HikariDataSource pool) {
		pool.setMaxLifetime(0);
	}

	/** Whether H2 runs within this process. */
	static boolean isEmbedded(@Nullable String url) {
		return isOfH2(url, "tcp:", "ssl:");
	}

	/** Whether it is a file that H2 within this process writes. */
	static boolean isEmbeddedFile(@Nullable String url) {
		return isOfH2(url, "tcp:", "ssl:", "mem:");
	}

	private static boolean isOfH2(@Nullable String url, String... otherWays) {
		String lower = (url != null) ? url.toLowerCase(Locale.ROOT) : "";
		return lower.startsWith("jdbc:h2:")
				&& Stream.of(otherWays).noneMatch((way) -> lower.startsWith("jdbc:h2:" + way));
	}

}
