package io.latchkey;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySourcesPropertyResolver;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The embedded database as application.yaml configures it. */
class EmbeddedDatabaseTests {

	private static final int ROWS = 20;

	@TempDir
	Path folder;

	@Test
	void keepsWhatWasCommittedWhenTheProcessIsKilled() throws Exception {
		String url = url();
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		Process process = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), "org.h2.tools.Shell",
				"-url", url, "-user", "latchkey")
			.redirectErrorStream(true)
			.start();
		try (Writer statements = process.outputWriter(); BufferedReader answers = process.inputReader()) {
			statements.write("create table acknowledged (id integer);\n");
			statements.write("insert into acknowledged values (1);\n".repeat(ROWS));
			statements.flush();
			assertThat(answers.lines().filter((line) -> line.contains("Update count: 1")).limit(ROWS)).hasSize(ROWS);
			process.destroyForcibly().waitFor();
		}
		finally {
			process.destroyForcibly();
		}
		try (Connection connection = DriverManager.getConnection(url, "latchkey", "");
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("select count(*) from acknowledged")) {
			rows.next();
			assertThat(rows.getInt(1)).isEqualTo(ROWS);
		}
	}

	/** Such a file is left by an installation of before. */
	@Test
	void opensTheFileOfAnEarlierInstallationAndGoesOnInIt() throws Exception {
		try (InputStream packed = new ClassPathResource("db/latchkey-2.4.240.mv.db.gz").getInputStream();
				InputStream file = new GZIPInputStream(packed)) {
			Files.copy(file, this.folder.resolve("latchkey.mv.db"));
		}
		Flyway.configure().dataSource(url(), "latchkey", "").load().migrate();
		try (Connection connection = DriverManager.getConnection(url(), "latchkey", "")) {
			JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
			assertThat(jdbc.queryForList("""
					select i.name || ' ' || g.account from identity i join access_grant g on g.subject_id = i.id""",
					String.class))
				.containsExactly("alice deploy");
			assertThat(jdbc.update("update identity set name = 'anna'")).isOne();
		}
	}

	private String url() throws IOException {
		MutablePropertySources sources = new MutablePropertySources();
		sources.addLast(new MapPropertySource("test", Map.of("LATCHKEY_DATA_DIR", this.folder.toString())));
		new YamlPropertySourceLoader().load("application", new ClassPathResource("application.yaml"))
			.forEach(sources::addLast);
		return new PropertySourcesPropertyResolver(sources).getRequiredProperty("spring.datasource.url");
	}

}
