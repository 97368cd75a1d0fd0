package io.latchkey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.latchkey.core.Chunk;
import org.junit.jupiter.api.Test;

import org.springframework.data.repository.Repository;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No statement names as many values as there happen to be: a database takes so many
 * parameters and no more, and what a node, a person or a list can grow must not end the
 * lists of everybody.
 */
class BoundedQueriesTests {

	/** What each of them is bounded by. */
	private static final Set<String> BOUNDED_OTHERWISE = Set.of(
			// the host keys of one registration, a message of some KB
			"RegistrationRepository.java");

	private static final Pattern IN = Pattern.compile("\\bin \\(:");

	@Test
	void noQueryOfSpringDataTakesACollectionOfAnyLength() {
		JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("io.latchkey");
		List<String> repositories = new ArrayList<>();
		List<String> unbounded = new ArrayList<>();
		for (JavaClass type : classes) {
			if (type.isInterface() && type.isAssignableTo(Repository.class)) {
				repositories.add(type.getSimpleName());
				type.getMethods()
					.stream()
					.filter((method) -> method.getModifiers().contains(JavaModifier.ABSTRACT))
					.filter(BoundedQueriesTests::takesAnyCollection)
					.forEach((method) -> unbounded.add(method.getFullName()));
			}
		}
		assertThat(repositories).contains("NodeRepository", "GrantRepository", "KeyRepository");
		assertThat(unbounded).isEmpty();
	}

	@Test
	void noStatementOfJdbcNamesACollectionOfAnyLength() throws IOException {
		List<String> unbounded = new ArrayList<>();
		int found = 0;
		for (Path source : sources()) {
			String text = Files.readString(source);
			Matcher in = IN.matcher(text);
			while (in.find()) {
				found++;
				// from where the method before it ends; what stands in an annotation is
				// of the method below
				boolean isAnnotation = text.lastIndexOf("@NativeQuery(", in.start()) > text.lastIndexOf(';',
						in.start());
				String method = isAnnotation ? text.substring(in.start(), text.indexOf(';', in.start()))
						: text.substring(Math.max(0, text.lastIndexOf("\n\t}\n", in.start())), in.start());
				if (!method.contains("Chunk") && !BOUNDED_OTHERWISE.contains(source.getFileName().toString())) {
					unbounded.add(source.getFileName() + ": " + text.substring(in.start(), in.start() + 30));
				}
			}
		}
		assertThat(found).isGreaterThan(20);
		assertThat(unbounded).isEmpty();
	}

	private static boolean takesAnyCollection(JavaMethod method) {
		return method.getRawParameterTypes()
			.stream()
			.anyMatch((type) -> (type.isAssignableTo(Collection.class) || type.isAssignableTo(Iterable.class)
					|| type.isArray()) && !type.isEquivalentTo(Chunk.class));
	}

	private static List<Path> sources() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
			return files.filter((file) -> file.toString().endsWith(".java")).toList();
		}
	}

}
