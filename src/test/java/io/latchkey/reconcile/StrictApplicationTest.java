package io.latchkey.reconcile;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.test.context.TestPropertySource;

/**
 * Added to a test of the whole application: every policy that can be stricter is. Such
 * tests share one context, as each further one costs seconds.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@TestPropertySource(properties = { "latchkey.sessions.end=always", "latchkey.reconcile.confirm=always" })
@interface StrictApplicationTest {

}
