package io.latchkey.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import javax.sql.DataSource;

import io.latchkey.Repetitions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The embedded database is killed while several threads write to it. How often and from
 * which seed say the system properties {@code latchkey.test.databaseKills} and
 * {@code latchkey.test.seed}; {@code latchkey.test.turns=false} shows what happens
 * without turns.
 */
@Tag("repeats")
class KilledDatabaseTests {

	private static final int KILLS = Integer.getInteger("latchkey.test.databaseKills", Repetitions.of(3, 60));

	private static final long SEED = Long.getLong("latchkey.test.seed", System.nanoTime() & 0xffffff);

	private static final boolean TURNS = !"false".equals(System.getProperty("latchkey.test.turns"));

	private static final long LONGEST_LIFE = 200_000_000;

	@TempDir
	Path folder;

	private final Random random = new Random(SEED);

	@Test
	void holdsWholeTransactionsAndTakesEveryKeyAfterEachKill() throws Exception {
		String url = "jdbc:h2:file:%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE".formatted(this.folder.resolve("hammered"));
		DataSource source = HammeredDatabase.source(url, TURNS);
		try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute(HammeredDatabase.TABLES);
		}
		for (int kill = 0; kill < KILLS; kill++) {
			String where = "seed %d, kill %d".formatted(SEED, kill);
			hammerAndKill(url, where);
			try (Connection connection = source.getConnection()) {
				JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
				assertThat(jdbc.queryForList("""
						select node, sum(files), sum(total) from (
						select node, count(*) files, sum(length(content)) total from file group by node
						union all select node, -files, -total from tally
						) group by node having sum(files) <> 0 or sum(total) <> 0"""))
					.as("%s: rows that are not of one transaction", where)
					.isEmpty();
				assertEveryKeyIsTaken(connection, jdbc, where);
			}
		}
	}

	private void hammerAndKill(String url, String where) throws IOException, InterruptedException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		Process process = new ProcessBuilder(List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m",
				"-cp", System.getProperty("java.class.path"), "org.springframework.boot.SpringApplication",
				"--spring.main.sources=" + HammeredDatabase.class.getName(), "--spring.main.web-application-type=none",
				"--spring.main.banner-mode=off", "--logging.level.root=warn",
				"--spring.config.location=optional:classpath:/none/", "--hammer.url=" + url, "--hammer.turns=" + TURNS,
				"--hammer.seed=" + this.random.nextLong()))
			.redirectErrorStream(true)
			.start();
		try (BufferedReader lines = process.inputReader()) {
			assertThat(lines.readLine()).as(where).isEqualTo("ready");
			LockSupport.parkNanos(this.random.nextLong(LONGEST_LIFE));
			// unlike its process a handle leaves what it wrote to be read
			process.toHandle().destroyForcibly();
			assertThat(lines.lines()).as(where).isEmpty();
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static void assertEveryKeyIsTaken(Connection connection, JdbcTemplate jdbc, String where)
			throws SQLException {
		connection.setAutoCommit(false);
		for (int node = 0; node < HammeredDatabase.THREADS * HammeredDatabase.NODES_OF_EACH; node++) {
			for (String account : HammeredDatabase.ACCOUNTS) {
				jdbc.update("delete from file where node = ? and account = ?", node, account);
				assertThat(jdbc.update("insert into file (node, account, content) values (?, ?, '')", node, account))
					.as(where)
					.isOne();
			}
			jdbc.update("delete from tally where node = ?", node);
			assertThat(jdbc.update("insert into tally (node, part, files, total) values (?, 'all', 0, 0)", node))
				.as(where)
				.isOne();
		}
		connection.rollback();
	}

}
