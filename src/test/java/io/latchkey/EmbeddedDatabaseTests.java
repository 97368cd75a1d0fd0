package io.latchkey;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

	/**
	 * What is in the file at any moment is what a kill would leave. Old space of it is
	 * used again at once here, and not after 45 s only.
	 */
	@Test
	void keepsTheFewCommitsOfALifeThatIsCutShort() throws Exception {
		String setting = ";RETENTION_TIME=0";
		try (Connection connection = DriverManager.getConnection(url() + setting, "latchkey", "");
				Statement statement = connection.createStatement()) {
			statement.execute("create table acknowledged (id integer primary key, life integer, filler varchar(1000))");
			for (int row = 0; row < 700; row++) {
				statement.execute("merge into acknowledged values (%d, 0, '%s')".formatted(row % 400, "x".repeat(500)));
			}
		}
		for (int life = 1; life <= 10; life++) {
			Path left = Files.createTempDirectory(this.folder, "left").resolve("latchkey.mv.db");
			try (Connection connection = DriverManager.getConnection(url() + setting, "latchkey", "");
					Statement statement = connection.createStatement()) {
				try (ResultSet last = statement.executeQuery("select max(life) from acknowledged")) {
					last.next();
					assertThat(last.getInt(1)).isEqualTo(life - 1);
				}
				for (int row = 0; row < 2; row++) {
					statement.execute("update acknowledged set life = %d, filler = '%s' where id < %d".formatted(life,
							"y".repeat(100 * life), 10 * life));
				}
				Files.copy(this.folder.resolve("latchkey.mv.db"), left);
			}
			Files.move(left, this.folder.resolve("latchkey.mv.db"), StandardCopyOption.REPLACE_EXISTING);
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
