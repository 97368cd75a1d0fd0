package io.latchkey.commands;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.latchkey.secrets.SealedColumn;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

class CommandsTests {

	private final String database = "jdbc:h2:mem:" + UUID.randomUUID();

	private final StringWriter said = new StringWriter();

	private JdbcConnectionPool connections;

	private JdbcClient jdbc;

	@TempDir
	private Path folder;

	@BeforeEach
	void makeDatabase() {
		this.connections = JdbcConnectionPool.create(this.database + ";DB_CLOSE_DELAY=-1", "latchkey", "");
		Flyway.configure().dataSource(this.connections).load().migrate();
		this.jdbc = JdbcClient.create(this.connections);
	}

	@AfterEach
	void dropDatabase() {
		this.jdbc.sql("shutdown").update();
		this.connections.dispose();
	}

	/** A command has a log of its own, and here it runs in the process of all tests. */
	@AfterEach
	void logAsBefore() {
		LoggingSystem logging = LoggingSystem.get(CommandsTests.class.getClassLoader());
		logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
		logging.setLogLevel("org.springframework.context", null);
	}

	@Test
	void findsASoundInstallationSound() {
		assertThat(started("secrets", "rotate")).isZero();
		assertThat(started("doctor")).isZero();
		assertThat(said()).contains("ok    Configuration")
			.contains("ok    Database")
			.contains("ok    Secret key")
			.contains("ok    Record         whole")
			.contains("ok    Clock")
			.contains("ok    Disk");
	}

	@Test
	void changesNothingWhileItLooks() {
		assertThat(started("doctor")).isZero();
		assertThat(said()).contains("none is in use yet");
		assertThat(this.folder).isEmptyDirectory();
		assertThat(count("secret_data_key") + count("secret_canary")).isZero();
		assertThat(this.jdbc.sql("select count(*) from audit_head where seal is not null").query(Long.class).single())
			.isZero();
	}

	@Test
	void saysThatTheKeyIsMissing() throws Exception {
		assertThat(started("secrets", "rotate")).isZero();
		Files.delete(this.folder.resolve("secret.key"));
		assertThat(started("doctor")).isOne();
		assertThat(said()).contains("the key is missing").contains("Put the file back");
		assertThat(this.folder.resolve("secret.key")).doesNotExist();
	}

	@Test
	void findsARecordThatSomebodyChanged() {
		assertThat(started("secrets", "rotate")).isZero();
		this.jdbc.sql("update audit_head set sequence = 5").update();
		assertThat(started("doctor")).isOne();
		assertThat(said()).contains("FAULT Record");
	}

	@Test
	void rotatesTheKeysAndIsOnRecord() throws Exception {
		assertThat(started("secrets", "rotate")).isZero();
		String before = Files.readString(this.folder.resolve("secret.key"));
		assertThat(started("secrets", "rotate")).isZero();
		assertThat(this.folder.resolve("secret.key")).content().isNotEqualTo(before);
		assertThat(said()).contains("0 values are sealed under a former data key")
			.contains("No former outer key is needed")
			.doesNotContain(before.strip());
		assertThat(this.jdbc.sql("select action from audit_record order by sequence").query(String.class).list())
			.containsExactly("data-key.moved", "data-key.made", "data-key.moved", "data-key.moved", "data-key.made");
		assertThat(started("doctor")).isZero();
	}

	@Test
	void saysThatThereIsNoDatabase() {
		assertThat(run("doctor", "--latchkey.data-dir=" + this.folder.resolve("empty"))).isOne();
		assertThat(said()).contains("cannot start");
		assertThat(this.folder.resolve("empty/latchkey.mv.db")).doesNotExist();
	}

	@Test
	void refusesAnExportThatWasChanged() throws Exception {
		Path export = this.folder.resolve("export");
		Files.writeString(export, "{\"sequence\":1}\n", StandardCharsets.UTF_8);
		assertThat(run("audit", "verify", export.toString())).isOne();
		assertThat(said()).contains("The line after record 0 is not one of an export");
		assertThat(run("audit", "verify", this.folder.resolve("none").toString())).isOne();
		assertThat(said()).contains("cannot be read");
	}

	@Test
	void tellsHowEachIsCalled() {
		for (String command : List.of("", "set-password", "audit", "audit verify", "secrets", "secrets rotate",
				"doctor")) {
			List<String> arguments = new ArrayList<>(Arrays.asList(command.split(" ")));
			arguments.removeIf(String::isEmpty);
			arguments.add("--help");
			assertThat(run(arguments.toArray(String[]::new))).as(command).isZero();
		}
		assertThat(said()).contains("Usage: latchkey secrets rotate").contains("Usage: latchkey audit verify");
	}

	@Test
	void refusesWhatItDoesNotKnow() {
		assertThat(run("open-sesame")).isEqualTo(2);
		assertThat(run("doctor", "--al")).isEqualTo(2);
		assertThat(run("audit", "verify")).isEqualTo(2);
		assertThat(said()).contains("Usage:");
	}

	/**
	 * Otherwise the command would leave values under a former key, and not count them.
	 */
	@Test
	void knowsAllSealedColumns() {
		for (JavaClass each : new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("io.latchkey")) {
			boolean declares = Arrays.stream(each.reflect().getDeclaredMethods())
				.map(Method::getReturnType)
				.anyMatch(SealedColumn.class::equals);
			if (declares && !each.getPackageName().startsWith("io.latchkey.secrets")) {
				assertThat(each.getName()).matches(Parts.SEALED);
			}
		}
	}

	private long count(String table) {
		return this.jdbc.sql("select count(*) from " + table).query(Long.class).single();
	}

	private int started(String... command) {
		List<String> arguments = new ArrayList<>(List.of(command));
		arguments.add("--spring.datasource.url=" + this.database);
		arguments.add("--latchkey.data-dir=" + this.folder);
		return run(arguments.toArray(String[]::new));
	}

	private int run(String... arguments) {
		PrintWriter out = new PrintWriter(this.said, true);
		return Commands.run(out, out, arguments);
	}

	private String said() {
		return this.said.toString();
	}

}
