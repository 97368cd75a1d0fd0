package io.latchkey;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test of what is kept in the database: the modules that keep records, migrated by
 * Flyway, on the database that the system property {@code latchkey.test.database} names:
 * {@code h2} (in memory, the default) or {@code postgres} (embedded; needs the profile
 * {@code full}).
 * <p>
 * Each test runs in a transaction that is rolled back. One that needs its commits is
 * annotated with {@code @Transactional(propagation = NOT_SUPPORTED)} and calls
 * {@link Tables#clear()} after each test. What another module needs besides is imported
 * by the test with {@link Import}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@DataJpaTest(showSql = false, properties = "spring.jpa.properties.hibernate.generate_statistics=true",
		includeFilters = @ComponentScan.Filter(type = FilterType.REGEX,
				pattern = "io\\.latchkey\\.(core|audit|identity|inventory|internode|grants|desired)\\..*"))
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@ContextConfiguration(initializers = TestDatabase.class)
@Import({ Tables.class, SystemActorConfiguration.class, VaultConfiguration.class })
public @interface DataTest {

}
