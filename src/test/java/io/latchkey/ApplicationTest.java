package io.latchkey;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test of the whole application, with its scheduler, on a fresh database. All such
 * tests share one context, so each works with nodes and identities of its own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "latchkey.admin-password=" + ApplicationTest.PASSWORD,
				"latchkey.bootstrap-token=" + ApplicationTest.TOKEN, "latchkey.data-dir=target/test-data",
				"latchkey.reconcile.back-off=1s" })
@ContextConfiguration(initializers = { TestDatabase.class, PatientDeadlines.class })
@AutoConfigureMockMvc
public @interface ApplicationTest {

	/** Of the user {@code admin}. */
	String PASSWORD = "correct horse battery staple";

	/** Of the API, with the role ADMIN. */
	String TOKEN = "a-token-for-tests-0123456789abcdefghij";

}
