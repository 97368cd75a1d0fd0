package io.latchkey.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.latchkey.TestDatabase;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test of the real server, whose scheduler rests, against those who mean harm and a
 * database that fails. All such tests share one.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "latchkey.admin-password=" + Browser.PASSWORD, "latchkey.bootstrap-token=" + HostileTest.TOKEN,
				"latchkey.data-dir=target/hostile-tests",
				"latchkey.secret-key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "latchkey.api.rate-burst=100000",
				"latchkey.longest-body=2s", "db-scheduler.enabled=false" })
@ContextConfiguration(initializers = TestDatabase.class)
@Import(FailingDatabase.class)
@interface HostileTest {

	/** Of the API, with the role ADMIN. */
	String TOKEN = "a-token-for-tests-0123456789abcdefghij";

}
