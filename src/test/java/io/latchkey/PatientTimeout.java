package io.latchkey;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.time.Duration;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Each test of the class fails when it takes longer than these seconds, scaled by
 * {@link Patience}. It runs in a thread of its own, so that it need not notice.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(PatientTimeout.Guard.class)
public @interface PatientTimeout {

	int seconds();

	/**
	 * Ends what takes too long.
	 */
	final class Guard implements InvocationInterceptor {

		@Override
		public void interceptTestMethod(Invocation<Void> test, ReflectiveInvocationContext<Method> method,
				ExtensionContext context) {
			Duration longest = AnnotationSupport.findAnnotation(context.getTestClass(), PatientTimeout.class)
				.map((timeout) -> Patience.of(Duration.ofSeconds(timeout.seconds())))
				.orElseThrow();
			assertTimeoutPreemptively(longest, () -> {
				test.proceed();
			});
		}

		@Override
		public void interceptTestTemplateMethod(Invocation<Void> test, ReflectiveInvocationContext<Method> method,
				ExtensionContext context) {
			interceptTestMethod(test, method, context);
		}

	}

}
