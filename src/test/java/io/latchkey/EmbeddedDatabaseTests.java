package io.latchkey;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySourcesPropertyResolver;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/** The embedded database as application.yaml configures it. */
class EmbeddedDatabaseTests {

	@TempDir
	Path folder;

	@Test
	void keepsWhatWasCommittedWhenTheProcessIsKilled() throws Exception {
		String url = url();
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		Process process = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Victim.class.getName(),
				url)
			.inheritIO()
			.start();
		assertThat(process.waitFor()).isEqualTo(Victim.KILLED);
		try (Connection connection = DriverManager.getConnection(url, "latchkey", "");
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("select count(*) from acknowledged")) {
			rows.next();
			assertThat(rows.getInt(1)).isEqualTo(Victim.ROWS);
		}
	}

	private String url() throws IOException {
		MutablePropertySources sources = new MutablePropertySources();
		sources.addLast(new MapPropertySource("test", Map.of("LATCHKEY_DATA_DIR", this.folder.toString())));
		new YamlPropertySourceLoader().load("application", new ClassPathResource("application.yaml"))
			.forEach(sources::addLast);
		return new PropertySourcesPropertyResolver(sources).getRequiredProperty("spring.datasource.url");
	}

	/** Commits, and dies at once without any of the hooks of a shutdown. */
	static final class Victim {

		static final int ROWS = 20;

		static final int KILLED = 9;

		private Victim() {
		}

		public static void main(String[] arguments) throws SQLException {
			Connection connection = DriverManager.getConnection(arguments[0], "latchkey", "");
			try (Statement statement = connection.createStatement()) {
				statement.execute("create table acknowledged (id integer)");
				connection.setAutoCommit(false);
				for (int i = 0; i < ROWS; i++) {
					statement.executeUpdate("insert into acknowledged values (" + i + ')');
					connection.commit();
				}
				Runtime.getRuntime().halt(KILLED);
			}
		}

	}

}
