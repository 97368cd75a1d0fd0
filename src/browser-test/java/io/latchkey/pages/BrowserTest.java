package io.latchkey.pages;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.latchkey.LatchkeyApplication;
import io.latchkey.RequiresProgram;
import io.latchkey.sandbox.SandboxConfiguration;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test of the pages as a person sees them: the product with its sandbox, started once
 * for all of these tests, and the machine's Chromium. {@link Visitor} opens pages.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@RequiresProgram("chromium")
@SpringBootTest(classes = LatchkeyApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "latchkey.admin-password=" + Visitor.PASSWORD, "latchkey.sign-in.fresh=8h",
				"logging.level.org.apache.sshd=error" })
@ContextConfiguration(initializers = FreshFolder.class)
@Import({ SandboxConfiguration.class, Visitor.class, People.class })
public @interface BrowserTest {

}
