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
 * its owner.
 */
@Configuration(proxyBeanMethods = false)
class EmbeddedDatabaseConfiguration {

	@Bean
	static BeanPostProcessor turnsToWrite() {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessBeforeInitialization(Object bean, String name) {
				if (bean instanceof HikariDataSource pool && isEmbeddedFile(pool.getJdbcUrl())) {
					DatabaseFolder.of(pool.getJdbcUrl()).keepToItsOwner();
					pool.setDataSource(
							new TurnTakingDataSource(new DriverDataSource(pool.getJdbcUrl(), pool.getDriverClassName(),
									pool.getDataSourceProperties(), pool.getUsername(), pool.getPassword())));
				}
				return bean;
			}

		};
	}

	/** Whether it is a file that H2 within this process writes. */
	static boolean isEmbeddedFile(@Nullable String url) {
		String lower = (url != null) ? url.toLowerCase(Locale.ROOT) : "";
		return lower.startsWith("jdbc:h2:")
				&& Stream.of("tcp:", "ssl:", "mem:").noneMatch((way) -> lower.startsWith("jdbc:h2:" + way));
	}

}
