package io.latchkey.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/**
 * A test of the API over HTTP, against the whole application on an embedded database. All
 * such tests share one application: each uses names of its own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "latchkey.bootstrap-token=" + ApiClient.TOKEN, "latchkey.data-dir=target/api-tests",
				"spring.datasource.url=jdbc:h2:mem:api;DB_CLOSE_DELAY=-1",
				"latchkey.secret-key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "latchkey.api.rate-burst=100000" })
@Import(ApiClient.class)
@interface ApiTest {

}
