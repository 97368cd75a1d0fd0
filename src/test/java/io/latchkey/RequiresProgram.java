package io.latchkey;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Runs the tests only where these programs are installed. Where one is missing they are
 * skipped with the reason, but fail when the environment says {@code CI=true}.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(RequiresProgram.Condition.class)
public @interface RequiresProgram {

	/** The programs' names, as on a command line. */
	String[] value();

	/** Finds programs on the path and where the system's own stand. */
	final class Lookup {

		private Lookup() {
		}

		public static Optional<Path> find(String program) {
			Stream<String> path = Stream
				.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator));
			return Stream.concat(path, Stream.of("/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/bin", "/bin"))
				.filter((folder) -> !folder.isEmpty())
				.map((folder) -> Path.of(folder, program).toAbsolutePath())
				.filter(Files::isExecutable)
				.findFirst();
		}

	}

	/** Decides on a class or a method. */
	final class Condition implements ExecutionCondition {

		@Override
		public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
			List<String> missing = AnnotationSupport.findAnnotation(context.getElement(), RequiresProgram.class)
				.stream()
				.flatMap((annotation) -> Arrays.stream(annotation.value()))
				.filter((program) -> Lookup.find(program).isEmpty())
				.toList();
			if (missing.isEmpty()) {
				return ConditionEvaluationResult.enabled("All programs are here");
			}
			String reason = "Not installed: " + String.join(", ", missing);
			if ("true".equals(System.getenv("CI"))) {
				throw new IllegalStateException(reason + "; under CI=true nothing may be skipped");
			}
			return ConditionEvaluationResult.disabled(reason);
		}

	}

}
