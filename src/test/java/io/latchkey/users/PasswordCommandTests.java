package io.latchkey.users;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class PasswordCommandTests {

	private static final String PASSWORD = "another horse battery";

	private final PasswordEncoder encoder = new PasswordConfiguration().passwordEncoder();

	private final ByteArrayOutputStream said = new ByteArrayOutputStream();

	private final String database = "jdbc:h2:mem:" + UUID.randomUUID();

	private JdbcConnectionPool connections;

	private JdbcClient jdbc;

	@TempDir
	private Path folder;

	@BeforeEach
	void makeDatabase() {
		this.connections = JdbcConnectionPool.create(this.database + ";DB_CLOSE_DELAY=-1", "latchkey", "");
		Flyway.configure().dataSource(this.connections).load().migrate();
		this.jdbc = JdbcClient.create(this.connections);
		new UserRepository(this.jdbc).insert(new UserDraft("admin", Role.ADMIN, null, null, null), "{argon2}none",
				Instant.parse("2026-11-29T12:00:00Z"));
	}

	@AfterEach
	void dropDatabase() {
		this.jdbc.sql("shutdown").update();
		this.connections.dispose();
	}

	/** The command has a log of its own, and here it runs in the process of all tests. */
	@AfterEach
	void logAsBefore() {
		LoggingSystem logging = LoggingSystem.get(PasswordCommandTests.class.getClassLoader());
		logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
		logging.setLogLevel("org.springframework.context", null);
	}

	@Test
	void setsThePasswordOfTheOnlyUser(CapturedOutput output) {
		assertThat(run(PASSWORD)).isZero();
		assertThat(this.encoder.matches(PASSWORD, hash())).isTrue();
		assertThat(said()).contains("The password of admin is set.");
		assertThat(this.jdbc.sql("select action, subject, actor, via from audit_record").query().singleRow())
			.containsValues("user.password-set", "user:admin", "latchkey", "SYSTEM");
		assertThat(this.jdbc.sql("select detail from audit_record").query(String.class).single())
			.isEqualTo("at the machine, by its user '%s'".formatted(System.getProperty("user.name")));
		assertThat(this.jdbc.sql("select seal from audit_head").query(String.class).single())
			.matches("[0-9a-f]{8}\\.[0-9a-f]{64}");
		assertThat(output).doesNotContain(PASSWORD);
		assertThat(said()).doesNotContain(PASSWORD);
	}

	@Test
	void setsThatOfTheUserWhoIsNamed() {
		assertThat(run(PASSWORD, "admin")).isZero();
		assertThat(this.encoder.matches(PASSWORD, hash())).isTrue();
		assertThat(run(PASSWORD, "bob")).isOne();
		assertThat(said()).contains("There is no user bob");
	}

	@Test
	void takesNoShortOneAndNone() {
		assertThat(run("eleven char")).isOne();
		assertThat(said()).contains("12 to 500 characters").doesNotContain("eleven");
		assertThat(run(null)).isOne();
		assertThat(said()).contains("Nothing is changed");
		assertThat(hash()).isEqualTo("{argon2}none");
	}

	@Test
	void takesNoneThatEverybodyTriesAndNoName() {
		assertThat(run("Qwertyuiop2026!")).isOne();
		assertThat(said()).contains("not among the first that everybody tries").doesNotContain("2026");
		assertThat(run("admin-of-here")).isOne();
		assertThat(said()).contains("without your user name");
		assertThat(hash()).isEqualTo("{argon2}none");
	}

	@Test
	void takesNoFurtherArgument() {
		assertThat(run(PASSWORD, "admin", PASSWORD)).isEqualTo(2);
		assertThat(said()).contains("Usage:").doesNotContain(PASSWORD);
	}

	@Test
	void makesNoDatabaseWhereThereIsNone(CapturedOutput output) {
		Path empty = this.folder.resolve("empty");
		assertThat(PasswordCommand.run(List.of("--latchkey.data-dir=" + empty), (user) -> PASSWORD, out())).isOne();
		assertThat(Files.exists(empty.resolve("latchkey.mv.db"))).isFalse();
		assertThat(Files.exists(empty.resolve("secret.key"))).isFalse();
		assertThat(output).contains("There is no database").contains("LATCHKEY_DATA_DIR");
	}

	private int run(@Nullable String password, String... names) {
		List<String> arguments = new ArrayList<>(List.of(names));
		arguments.add("--spring.datasource.url=" + this.database);
		arguments.add("--latchkey.data-dir=" + this.folder);
		return PasswordCommand.run(arguments, (user) -> password, out());
	}

	private String hash() {
		return this.jdbc.sql("select password_hash from users").query(String.class).single();
	}

	private PrintStream out() {
		return new PrintStream(this.said, true, StandardCharsets.UTF_8);
	}

	private String said() {
		return this.said.toString(StandardCharsets.UTF_8);
	}

}
