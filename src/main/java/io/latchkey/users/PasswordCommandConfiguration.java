package io.latchkey.users;

import java.sql.SQLException;
import java.util.Map;

import javax.sql.DataSource;

import io.latchkey.core.Actor;
import io.latchkey.core.CurrentActor;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.MessageSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * The part of the application that sets a password: the database, the key, the record.
 * Not marked as a configuration, or the application itself would find it.
 */
@ImportAutoConfiguration({ ConfigurationPropertiesAutoConfiguration.class, PropertyPlaceholderAutoConfiguration.class,
		MessageSourceAutoConfiguration.class, DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
		JdbcClientAutoConfiguration.class, HibernateJpaAutoConfiguration.class, TransactionAutoConfiguration.class })
@ComponentScan(basePackages = { "io.latchkey.core", "io.latchkey.secrets", "io.latchkey.audit" },
		excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*\\.OutOfMemoryCheck"))
@ConfigurationPropertiesScan("io.latchkey.secrets")
@Import({ UserRepository.class, Passwords.class, Guesses.class, PasswordConfiguration.class })
public class PasswordCommandConfiguration {

	private static final String DATABASE = "spring.datasource.url";

	/** H2 would make a database where there is none. */
	public static void makeNoDatabase(ConfigurableApplicationContext application) {
		ConfigurableEnvironment environment = application.getEnvironment();
		String url = environment.getProperty(DATABASE, "");
		if (url.startsWith("jdbc:h2:")) {
			environment.getPropertySources()
				.addFirst(new MapPropertySource("no new database", Map.of(DATABASE, url + ";IFEXISTS=TRUE")));
		}
	}

	/**
	 * Otherwise Hibernate is the first to miss the database, and tells nothing of why.
	 */
	@Bean
	static BeanPostProcessor firstConnection() {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				if (bean instanceof DataSource database) {
					try {
						database.getConnection().close();
					}
					catch (SQLException ex) {
						throw new IllegalStateException("The database cannot be reached", ex);
					}
				}
				return bean;
			}

		};
	}

	/** Nobody is signed in. */
	@Bean
	CurrentActor currentActor() {
		return () -> Actor.SYSTEM;
	}

}
