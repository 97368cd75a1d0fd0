package io.latchkey.logins;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.latchkey.Tables;
import io.latchkey.TestDatabase;
import io.latchkey.UnscheduledTest;
import io.latchkey.conversation.logs.LogPosition;
import io.latchkey.conversation.logs.ServerLog;
import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * Not a test, although JUnit starts it: {@code script/bench logins}. A million logins of
 * 90 days: how long the page of them takes, how fast the lines of a log are taken, and
 * what it costs to forget.
 */
@UnscheduledTest
@WithMockUser(roles = "ADMIN")
class LoginsBench {

	private static final int ROWS = Integer.getInteger("latchkey.bench.logins", 1_000_000);

	private static final int BATCH = 50_000;

	private static final int NODES = 100;

	private static final int IDENTITIES = 500;

	private static final int DAYS = 90;

	private static final int TRIES = 40;

	private static final int WARM = 150;

	private static final int LINES = 5_000;

	private static final int VISITS = 6;

	private static final Pattern INDEX = Pattern.compile("(?i)^create index \\S*?(ix_\\w+)");

	@Autowired
	private MockMvc pages;

	@Autowired
	private LoginRepository repository;

	@Autowired
	private LoginRecorder recorder;

	@Autowired
	private Nodes nodes;

	@Autowired
	private JdbcTemplate rows;

	@Autowired
	private NamedParameterJdbcOperations jdbc;

	@Autowired
	private TransactionTemplate transactions;

	@Autowired
	private Tables tables;

	private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

	private final List<String> report = new ArrayList<>();

	@AfterEach
	void clear() {
		this.tables.clear();
	}

	@Test
	void measure() throws Exception {
		fill();
		ingest();
		Map<String, String> asked = new LinkedHashMap<>();
		asked.put("all", "/logins");
		asked.put("of a node", "/logins?node=node7");
		asked.put("of an identity", "/logins?identity=person42");
		asked.put("of an account", "/logins?account=root");
		asked.put("of an account of a node on a day", "/logins?node=node7&account=root&since=%1$s&until=%1$s"
			.formatted(LocalDate.ofInstant(this.now, ZoneOffset.UTC).minusDays(40)));
		asked.put("by a key", "/logins?fingerprint=" + key(42).replace("+", "%2B"));
		asked.put("by a grant", "/logins?grant=42");
		asked.put("from an address", "/logins?address=192.0.2.7");
		asked.put("by password", "/logins?method=PASSWORD");
		asked.put("by key", "/logins?method=KEY");
		asked.put("not granted", "/logins?standing=UNGRANTED");
		asked.put("refused", "/logins?outcome=REFUSED");
		asked.put("from a new address", "/logins?fresh=true");
		asked.put("nobody's", "/logins?identity=nobody");
		asked.put("the 100th page", "/logins?page=99");
		asked.put("per day, by node", "/logins/chart");
		asked.put("per day, by identity, of a node", "/logins/chart?by=identity&node=node7");
		asked.put("not used for 30 days", "/grants/unused");
		for (int i = 0; i < WARM; i++) {
			change();
			this.pages.perform(get("/logins?node=node" + i)).andExpect(status().isOk());
		}
		for (Map.Entry<String, String> each : asked.entrySet()) {
			time(each.getKey(), each.getValue());
		}
		forget();
		write();
	}

	/** With the indexes last, which takes seconds instead of minutes. */
	private void fill() {
		JdbcTemplate patient = new JdbcTemplate(Objects.requireNonNull(this.rows.getDataSource()));
		long begun = System.nanoTime();
		Map<String, String> indexes = indexes(patient);
		indexes.keySet().forEach((index) -> patient.execute("drop index " + index));
		for (int start = 0; start < ROWS; start += BATCH) {
			patient.update(batch(start, Math.min(start + BATCH, ROWS) - 1));
		}
		say("%,d rows made in %s", ROWS, seconds(begun));
		begun = System.nanoTime();
		indexes.values().forEach(patient::execute);
		patient.execute("analyze");
		say("and their %d indexes in %s", indexes.size(), seconds(begun));
	}

	/** How each is made, by its name. */
	private static Map<String, String> indexes(JdbcTemplate rows) {
		String asked = TestDatabase.isPostgres() ? "select indexdef from pg_indexes where tablename = 'login'"
				: "script nodata table login";
		Map<String, String> indexes = new LinkedHashMap<>();
		rows.queryForList(asked, String.class).forEach((statement) -> {
			Matcher index = INDEX.matcher(statement);
			if (index.find()) {
				indexes.put(index.group(1), statement);
			}
		});
		return indexes;
	}

	/** Evenly over the days, the newest first; by the database itself. */
	private String batch(int first, int last) {
		String range = TestDatabase.isPostgres() ? "generate_series(%d, %d) as s(x)" : "system_range(%d, %d)";
		return """
				insert into login (at, since, times, logged_on, counted, node, account, outcome, method, address,
					fingerprint, standing, identity, grant_id, proved, fresh)
				select at, at, 1, date '1970-01-01' + cast(epoch / 86400 as int), refused,
					'node' || x % NODES, case when x % 10 = 3 then 'root' else 'deploy' end,
					case when refused then 'REFUSED' else 'ACCEPTED' end,
					case when refused or password then 'password' else 'publickey' end, '192.0.2.' || x % 200,
					case when refused or password then null else 'SHA256:' || lpad('' || person, 43, '0') end,
					case when refused then null when password then 'NO_KEY' when ungranted then 'UNGRANTED'
						else 'GRANTED' end,
					case when refused or password or ungranted then null else 'person' || person end,
					case when refused or password or ungranted then null else person end, true, x % 1000 = 4
				from (select x, epoch, timestamp with time zone '1970-01-01 00:00:00+00' + epoch * interval '1' second
						as at, x * 31 % IDENTITIES as person, x % 20 = 0 as refused, x % 100 = 1 as password,
						x % 50 = 2 as ungranted
					from (select cast(x as bigint) as x, NOW - cast(x as bigint) * SECONDS / ROWS as epoch
						from RANGE) made) logins""".replace("NODES", String.valueOf(NODES))
			.replace("IDENTITIES", String.valueOf(IDENTITIES))
			.replace("NOW", String.valueOf(this.now.getEpochSecond()))
			.replace("SECONDS", String.valueOf(DAYS * 86_400))
			.replace("ROWS", String.valueOf(ROWS))
			.replace("RANGE", range.formatted(first, last));
	}

	private static String key(int person) {
		return "SHA256:" + "%043d".formatted(person);
	}

	private void time(String name, String path) throws Exception {
		long[] took = new long[TRIES];
		long cpu = 0;
		for (int i = -5; i < TRIES; i++) {
			change();
			long begun = System.nanoTime();
			long before = cpu();
			this.pages.perform(get(URI.create(path))).andExpect(status().isOk());
			if (i >= 0) {
				took[i] = System.nanoTime() - begun;
				cpu += cpu() - before;
			}
		}
		Arrays.sort(took);
		say("| %s | %.0f ms | %.0f ms | %.0f ms |", name, took[TRIES / 2] / 1e6, took[TRIES * 95 / 100 - 1] / 1e6,
				cpu / 1e6 / TRIES);
	}

	/** Of this thread, in nanoseconds: what it costs whoever else works meanwhile. */
	private static long cpu() {
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
	}

	/** H2 would answer from the result of the time before. */
	private void change() {
		this.rows.update("update login set times = times + 1 where id = (select max(id) from login)");
	}

	private void ingest() {
		NodeId node = this.nodes
			.create(new NodeDraft("measured", "node.example", 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()))
			.id();
		LoginLogRepository.ReadLog before = LoginLogRepository.ReadLog.nothing(node, this.now);
		long took = 0;
		long used = 0;
		for (int visit = 0; visit < VISITS; visit++) {
			Instant day = this.now.minus(visit, ChronoUnit.DAYS).minusSeconds(7_200);
			List<String> lines = IntStream.range(0, LINES).mapToObj((i) -> line(day, i)).toList();
			NodeLog read = new NodeLog(node, "measured", before,
					new ServerLog(ServerLog.Source.JOURNAL, lines, LogPosition.parse("- since %d".formatted(visit + 1)),
							false, null),
					new NodeFacts(0, this.now, ZoneOffset.UTC, Duration.ZERO, "OpenSSH_9.2"), this.now);
			long begun = System.nanoTime();
			long spent = cpu();
			this.transactions.executeWithoutResult((status) -> {
				StatementBatch batch = new StatementBatch();
				this.recorder.record(List.of(read), batch);
				batch.send(this.jdbc);
			});
			took += (visit > 0) ? System.nanoTime() - begun : 0;
			used += (visit > 0) ? cpu() - spent : 0;
			before = read.after(read.events());
		}
		say("%,.0f lines of a log a second, %,.0f a second of its thread's CPU, each a login that stands by itself",
				(VISITS - 1) * LINES / (took / 1e9), (VISITS - 1) * LINES / (used / 1e9));
	}

	private static String line(Instant day, int i) {
		return "%s node sshd[%d]: Accepted publickey for deploy from 192.0.2.%d port %d ssh2: ED25519 %s"
			.formatted(day.plusSeconds(i).toString().replace("Z", "+0000"), i, i % 200, 1_024 + i, key(i % IDENTITIES));
	}

	private void forget() {
		Instant before = this.now.minus(80, ChronoUnit.DAYS);
		long longest = 0;
		long begun = System.nanoTime();
		boolean more = true;
		int batches = 0;
		while (more) {
			long each = System.nanoTime();
			more = this.repository.deleteBefore(before);
			longest = Math.max(longest, System.nanoTime() - each);
			batches++;
		}
		say("10 days forgotten in %s, by %d statements, the longest %.0f ms", seconds(begun), batches, longest / 1e6);
	}

	private void say(String form, Object... values) {
		String line = form.formatted(values);
		this.report.add(line);
		System.out.println(line);
	}

	private static String seconds(long begun) {
		return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - begun) / 1e9);
	}

	private void write() throws IOException {
		Path folder = Files.createDirectories(Path.of("target"));
		Files.write(folder.resolve("bench-logins.md"), this.report);
	}

}
