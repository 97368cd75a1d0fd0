package io.latchkey;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test of the whole application while its scheduler rests, so that no node is talked
 * to. All such tests share one context; each clears its {@link Tables} afterwards.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SpringBootTest(classes = LatchkeyApplication.class,
		properties = { "latchkey.admin-password=correct horse battery", "db-scheduler.enabled=false" })
@ContextConfiguration(initializers = TestDatabase.class)
@AutoConfigureMockMvc
@Import({ Tables.class, StatementCounter.class })
public @interface UnscheduledTest {

}
