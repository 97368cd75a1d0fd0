package io.latchkey;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.latchkey.api.answer.SecretText;
import io.latchkey.api.answer.ShownOnce;
import io.latchkey.conversation.protocol.Request;
import io.latchkey.keypairs.MadeKeyPair;
import io.latchkey.registration.EnrolmentTokenText;
import io.latchkey.security.IssuedToken;
import io.latchkey.ssh.SshConnections;
import jakarta.persistence.Entity;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.data.repository.Repository;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the house is laid out, and which way the dependencies point.
 */
class ArchitectureTests {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.latchkey");

	private static final ApplicationModules MODULES = ApplicationModules.of(LatchkeyApplication.class);

	/** Each module, after those that it may depend on. */
	private static final List<String> ORDER = List.of("openssh", "core", "https", "secrets", "audit", "syslog",
			"identity", "inventory", "internode", "grants", "desired", "ssh", "conversation", "nodestate", "runs",
			"leaving", "managementkeys", "internodefiles", "keypairs", "foreignkeys", "removal", "delivery", "logins",
			"access", "reconcile", "enrolment", "imports", "registration", "diagnosis", "passwords", "users",
			"security", "api", "pages", "commands");

	/** They read for a page or record, which their names do not tell. */
	private static final Set<String> OTHER_READERS_AND_RECORDERS = Set.of("BrokenRuns", "Deliveries", "ExclusiveLooks",
			"ForeignLosses", "LineIntentions", "OtherWays", "Previews", "Suspensions");

	/** They act as well. The list is to become shorter, and never longer. */
	private static final Set<String> ACTING_ON_A_REPOSITORY = Set.of("Removals");

	@Test
	void modulesUseOnlyWhatTheyDeclare() {
		MODULES.verify();
	}

	@Test
	void everyModuleUsesOnlyEarlierOnes() {
		assertThat(MODULES).isNotEmpty().allSatisfy((module) -> {
			String name = module.getIdentifier().toString();
			assertThat(ORDER).contains(name);
			assertThat(module.getDirectDependencies(MODULES)
				.uniqueModules()
				.map((dependency) -> dependency.getIdentifier().toString()))
				.isSubsetOf(ORDER.subList(0, ORDER.indexOf(name)));
		});
	}

	@Test
	void noPackagesOfTheRunsOrTheConversationGoInACircle() {
		for (String module : List.of("io.latchkey.reconcile", "io.latchkey.conversation")) {
			slices().assignedFrom(packages())
				.should()
				.beFreeOfCycles()
				.check(CLASSES.that(JavaClass.Predicates.resideInAPackage(module + "..")));
		}
	}

	/** {@code RequestTests} try each. */
	@Test
	void requestsAreRecordsOfTheConversation() {
		classes().that()
			.areAssignableTo(Request.class)
			.and()
			.areNotInterfaces()
			.should()
			.beRecords()
			.andShould()
			.resideInAPackage("io.latchkey.conversation..")
			.check(CLASSES);
	}

	/** A feature that has a hand in a run is found by it, and not known to it. */
	@Test
	void runsKnowNoFeature() {
		assertThat(MODULES.getModuleByName("reconcile")
			.orElseThrow()
			.getDirectDependencies(MODULES)
			.uniqueModules()
			.map((dependency) -> dependency.getIdentifier().toString())
			.filter((name) -> ORDER.indexOf(name) > ORDER.indexOf("runs"))).isEmpty();
	}

	/** Those of several modules cannot, since modules have an order. */
	@Test
	void noClassesOfAModuleGoInACircle() {
		slices().assignedFrom(topLevelClasses()).should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void onlySshKnowsJsch() {
		noClasses().that()
			.resideOutsideOfPackage("io.latchkey.ssh..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("com.jcraft.jsch..")
			.check(CLASSES);
	}

	@Test
	void opensshIsPureJava() {
		classes().that()
			.resideInAPackage("io.latchkey.openssh..")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("java..", "javax.crypto..", "org.jspecify..", "io.latchkey.openssh..",
					"org.springframework.modulith")
			.check(CLASSES);
	}

	@Test
	void timeComesFromTheClock() {
		classes().should(notReadTheSystemsTime()).check(CLASSES);
	}

	@Test
	void everyPackageIsNullMarked() {
		classes().should(resideInANullMarkedPackage()).check(CLASSES);
	}

	@Test
	void namesSayWhatAThingIs() {
		noClasses().that()
			.areTopLevelClasses()
			.should()
			.haveNameMatching(".*(Util|Utils|Helper|Manager|Data|Info|Impl)")
			.check(CLASSES);
	}

	@Test
	void entitiesAndRepositoriesStayInTheirModule() {
		classes().that()
			.areAnnotatedWith(Entity.class)
			.or()
			.areAssignableTo(Repository.class)
			.should()
			.bePackagePrivate()
			.allowEmptyShould(true)
			.check(CLASSES);
	}

	/** What decides or acts is handed what was read, and hands on what is to be kept. */
	@Test
	void onlyReadersAndRecordersTouchTheRepositoriesOfOtherModules() {
		assertThat(CLASSES.stream()
			.flatMap((type) -> type.getDirectDependenciesFromSelf().stream())
			.filter(ArchitectureTests::isOnARepositoryOfAnotherModule)
			.map((dependency) -> topLevel(dependency.getOriginClass()).getSimpleName())
			.filter((name) -> !name.matches(".*(Reader|Recorder|Journal|Repository)"))
			.distinct()).containsExactlyInAnyOrderElementsOf(
					Stream.concat(OTHER_READERS_AND_RECORDERS.stream(), ACTING_ON_A_REPOSITORY.stream()).toList());
	}

	@Test
	void onlyApiAndPagesTalkHttp() {
		noClasses().that()
			.resideOutsideOfPackages("io.latchkey.api..", "io.latchkey.pages..", "io.latchkey.security..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.web..", "org.springframework.http..", "jakarta.servlet..")
			.check(CLASSES);
		classes().that()
			.areMetaAnnotatedWith(Controller.class)
			.should()
			.resideInAnyPackage("io.latchkey.api..", "io.latchkey.pages..")
			.allowEmptyShould(true)
			.check(CLASSES);
	}

	@Test
	void publicMethodsTakeNoFlags() {
		methods().that()
			.arePublic()
			.and()
			.areDeclaredInClassesThat()
			.arePublic()
			.and()
			.areDeclaredInClassesThat()
			.areNotRecords()
			.should(takeNoFlag())
			.check(CLASSES);
	}

	/** What opens connections is for operators: SecurityConfiguration names these. */
	@Test
	void onlyThesePagesDialWhenTheyAreRead() {
		Set<JavaCodeUnit> dialling = new HashSet<>();
		Deque<JavaCodeUnit> found = new ArrayDeque<>(CLASSES.get(SshConnections.class).getMethods());
		while (!found.isEmpty()) {
			JavaCodeUnit unit = found.remove();
			if (dialling.add(unit)) {
				unit.getCallsOfSelf().forEach((call) -> found.add(call.getOrigin()));
			}
		}
		assertThat(dialling.stream()
			.filter((unit) -> unit.isAnnotatedWith(GetMapping.class))
			.map((unit) -> unit.getOwner().getSimpleName() + "." + unit.getName())).containsExactlyInAnyOrder(
					"HostKeysController.compare", "HostKeyController.compare", "EnrolmentController.show",
					"NodePasswordsPageController.show", "ClusterPasswordsPageController.show");
	}

	@Test
	void answersWithASecretAreKeptNowhere() {
		classes().that(haveASecret()).should().implement(ShownOnce.class).check(CLASSES);
	}

	@Test
	void onlyAnswersThatAreKeptNowhereTakeASecret() {
		classes().that()
			.resideInAPackage("io.latchkey.api..")
			.and()
			.doNotImplement(ShownOnce.class)
			.should(takeNoSecret())
			.check(CLASSES);
	}

	private static SliceAssignment topLevelClasses() {
		return sliced("top-level classes", (type) -> topLevel(type).getName());
	}

	private static SliceAssignment packages() {
		return sliced("packages", JavaClass::getPackageName);
	}

	private static SliceAssignment sliced(String description, Function<JavaClass, String> by) {
		return new SliceAssignment() {

			@Override
			public SliceIdentifier getIdentifierOf(JavaClass type) {
				return SliceIdentifier.of(by.apply(type));
			}

			@Override
			public String getDescription() {
				return description;
			}

		};
	}

	private static JavaClass topLevel(JavaClass type) {
		return type.getEnclosingClass().map(ArchitectureTests::topLevel).orElse(type);
	}

	private static boolean isOnARepositoryOfAnotherModule(Dependency dependency) {
		JavaClass target = topLevel(dependency.getTargetClass().getBaseComponentType());
		return target.getPackageName().startsWith("io.latchkey.") && target.getSimpleName().endsWith("Repository")
				&& !target.getPackageName().equals(dependency.getOriginClass().getPackageName());
	}

	private static DescribedPredicate<JavaClass> haveASecret() {
		return DescribedPredicate.describe("have a secret",
				(type) -> type.getFields()
					.stream()
					.anyMatch((field) -> field.getType()
						.getAllInvolvedRawTypes()
						.stream()
						.anyMatch((involved) -> involved.isEquivalentTo(SecretText.class))));
	}

	/** What gives a secret away that was just made. */
	private static ArchCondition<JavaClass> takeNoSecret() {
		return new ArchCondition<>("take no secret that was just made") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				type.getMethodCallsFromSelf()
					.stream()
					.filter((call) -> givesASecret(call.getTarget()))
					.forEach((call) -> events.add(SimpleConditionEvent.violated(call, call.getDescription())));
			}

		};
	}

	private static boolean givesASecret(CodeUnitCallTarget target) {
		JavaClass owner = target.getOwner();
		return (owner.isEquivalentTo(IssuedToken.class) && target.getName().equals("text"))
				|| (owner.isEquivalentTo(EnrolmentTokenText.class) && target.getName().equals("text"))
				|| (owner.isEquivalentTo(MadeKeyPair.class) && target.getRawReturnType().isEquivalentTo(byte[].class));
	}

	private static ArchCondition<JavaClass> notReadTheSystemsTime() {
		return new ArchCondition<>("not read the system's time but take a clock") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				type.getCodeUnitCallsFromSelf()
					.stream()
					.filter((call) -> readsTheSystemsTime(call.getTarget()))
					.forEach((call) -> events.add(SimpleConditionEvent.violated(call, call.getDescription())));
			}

		};
	}

	private static boolean readsTheSystemsTime(CodeUnitCallTarget target) {
		String owner = target.getOwner().getName();
		return switch (target.getName()) {
			case "now" -> owner.startsWith("java.time.") && target.getRawParameterTypes().isEmpty();
			case "currentTimeMillis" -> owner.equals("java.lang.System");
			case "<init>" -> owner.equals("java.util.Date") && target.getRawParameterTypes().isEmpty();
			default -> false;
		};
	}

	private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
		return new ArchCondition<>("reside in a package that is @NullMarked") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
				events.add(new SimpleConditionEvent(type, marked, type.getPackageName() + " is not @NullMarked"));
			}

		};
	}

	private static ArchCondition<JavaMethod> takeNoFlag() {
		return new ArchCondition<>("take no boolean") {

			@Override
			public void check(JavaMethod method, ConditionEvents events) {
				boolean flag = method.getRawParameterTypes()
					.stream()
					.anyMatch((type) -> type.isEquivalentTo(boolean.class))
						&& !method.getModifiers().contains(JavaModifier.SYNTHETIC);
				events.add(new SimpleConditionEvent(method, !flag, method.getFullName() + " takes a boolean"));
			}

		};
	}

}
