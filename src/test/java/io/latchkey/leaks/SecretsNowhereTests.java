package io.latchkey.leaks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.latchkey.RequiresProgram;
import io.latchkey.TestDatabase;
import io.latchkey.https.OpenSslPair;
import io.latchkey.secrets.SecretVault;
import io.latchkey.users.Codes;
import io.latchkey.users.PasswordCommandConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every kind of secret is made and used in a Latchkey as it is delivered, and then looked
 * for. What its memory holds by its nature is named in {@code docs/secrets.md}; what a
 * caller said or was told last may lie there in a buffer of Tomcat's or Jackson's, until
 * something else is written over it.
 */
@RequiresProgram("openssl")
class SecretsNowhereTests {

	private static final String BOOTSTRAP = "bootstrap-token-of-the-first-start-7f3a";

	private static final String FIRST_PASSWORD = "admin-of-the-first-start-91c2";

	private static final String PASSWORD = "admin-of-later-on-5d0e4471";

	private static final String OTHER_PASSWORD = "somebody-elses-word-44b1c9";

	private static final String PASSPHRASE = "passphrase-of-a-pair-0d9e";

	private static final String WRONG_PASSWORD = "nearly-right-but-wrong-8812";

	private static final String[] NOT_KEPT = { "management key", "outer key", "TOTP secret", "recovery code",
			"password of the first start", "token of the first start" };

	private final SecretTexts secrets = new SecretTexts();

	private final Environment database = database();

	@TempDir
	private Path folder;

	@Test
	void stayOutOfTheDatabaseTheLogTheAnswersAndTheMemory() throws Exception {
		OpenSslPair https = OpenSslPair.make(this.folder.resolve("https"), OpenSslPair.EC);
		this.secrets.addPem("HTTPS private key", Files.readString(https.privateKey()));
		Path firstLog;
		try (RunningLatchkey latchkey = new RunningLatchkey(this.folder, https, firstEnvironment())) {
			firstLog = latchkey.log();
		}
		addTexts();
		Path log;
		Path heap;
		try (RunningLatchkey latchkey = new RunningLatchkey(this.folder, https, environment())) {
			use(latchkey);
			log = latchkey.log();
			heap = latchkey.dumpHeap();
		}
		addOuterKey();
		addManagementKeys();
		assertThat(this.secrets.in(firstLog)).as("log of the first start").isEmpty();
		assertThat(this.secrets.in(log)).as("log").isEmpty();
		assertThat(inDatabase()).as("database").isEmpty();
		assertThat(this.secrets.in(heap)).as("memory").doesNotContain(NOT_KEPT);
		Files.delete(heap);
	}

	private void addTexts() {
		this.secrets.add("password of the first start", FIRST_PASSWORD);
		this.secrets.add("token of the first start", BOOTSTRAP);
		this.secrets.add("password of the admin", PASSWORD);
		this.secrets.add("password of a user", OTHER_PASSWORD);
		this.secrets.add("wrong password", WRONG_PASSWORD);
		this.secrets.add("passphrase", PASSPHRASE);
	}

	private void use(RunningLatchkey latchkey) throws Exception {
		signIn(latchkey, "admin", FIRST_PASSWORD);
		latchkey.submit("/account/password", "/account/password", "oldPassword", FIRST_PASSWORD, "password", PASSWORD,
				"passwordAgain", PASSWORD);
		signIn(latchkey, "admin", WRONG_PASSWORD);
		signIn(latchkey, "admin", PASSWORD);
		String token = keep("token", latchkey.submit("/settings/tokens", "/settings/tokens", "name", "all", "role",
				"ADMIN", "expiresAt", ""), "id=\"token-text\">([^<]+)<");
		callWith(token, latchkey);
		String link = keep("invitation",
				latchkey.call(token, "POST", "/users", "{\"username\":\"alice\",\"role\":\"OPERATOR\"}"),
				"/invitation/([^\"]+)\"");
		this.secrets.add("session", latchkey.sessionCookie());
		latchkey.submit("/account", "/sign-out");
		acceptWith(link, latchkey);
		refused(token, latchkey);
		for (int i = 0; i < 40; i++) {
			latchkey.get("/sign-in?n=" + "x".repeat(4000));
		}
	}

	private void callWith(String token, RunningLatchkey latchkey) throws Exception {
		latchkey.call(token, "POST", "/identities", "{\"name\":\"bob\",\"kind\":\"PERSON\"}");
		String pair = latchkey.call(token, "POST", "/identities/bob/key-pairs", "{\"kind\":\"ED25519\"}");
		this.secrets.addPem("private half of a pair", found(pair, "\"openSsh\":\"([^\"]+)\"").replace("\\n", "\n"));
		latchkey.call(token, "POST", "/identities/bob/key-pairs",
				"{\"kind\":\"ED25519\",\"passphrase\":\"%s\"}".formatted(PASSPHRASE));
		keep("enrolment token",
				latchkey.call(token, "POST", "/enrolment/tokens", "{\"clusters\":[],\"duration\":\"PT1H\"}"),
				"\"token\":\"([^\"]+)\"");
	}

	private void acceptWith(String link, RunningLatchkey latchkey) throws Exception {
		latchkey.submit("/invitation/" + link, "/invitation/" + link, "password", OTHER_PASSWORD, "passwordAgain",
				OTHER_PASSWORD);
		signIn(latchkey, "alice", OTHER_PASSWORD);
		String page = latchkey.submit("/account/second-factor", "/account/second-factor/begin");
		String secret = found(page, "id=\"secret\">([^<]+)<");
		this.secrets.add("TOTP secret", secret);
		this.secrets.add("TOTP secret", secret.replace(" ", ""));
		String codes = found(latchkey.submit("/account/second-factor", "/account/second-factor", "code",
				Codes.at(secret, Instant.now())), "id=\"recovery-codes\"[^>]*>([^<]+)<");
		for (String code : codes.strip().split("\\s+")) {
			this.secrets.add("recovery code", code);
			this.secrets.add("recovery code", code.replace("-", ""));
		}
		this.secrets.add("session", latchkey.sessionCookie());
		latchkey.submit("/account", "/sign-out");
		signIn(latchkey, "alice", OTHER_PASSWORD);
		latchkey.submit("/sign-in/code", "/sign-in/code", "code", codes.strip().split("\\s+")[0]);
		this.secrets.add("session", latchkey.sessionCookie());
		latchkey.submit("/account", "/sign-out");
	}

	/** None of these answers repeats what it was given. */
	private void refused(String token, RunningLatchkey latchkey) throws Exception {
		int before = latchkey.answers().size();
		latchkey.call(token + "x", "GET", "/nodes", "");
		latchkey.call(token, "POST", "/identities/bob/key-pairs", "{\"passphrase\":\"" + PASSPHRASE + "\",,}");
		latchkey.call(token, "POST", "/identities/bob/key-pairs", "{\"passphrase\":[\"" + PASSPHRASE + "\"]}");
		latchkey.call(token, "POST", "/nodes/none/enrol", "{\"password\":\"" + PASSPHRASE + "\"}");
		signIn(latchkey, "alice", WRONG_PASSWORD);
		List<String> answers = latchkey.answers().subList(before, latchkey.answers().size());
		assertThat(answers).allSatisfy((answer) -> assertThat(this.secrets.in(answer)).as(answer).isEmpty());
	}

	private static void signIn(RunningLatchkey latchkey, String username, String password) throws Exception {
		latchkey.submit("/sign-in", "/sign-in", "username", username, "password", password);
	}

	private String keep(String name, String answer, String pattern) {
		String secret = found(answer, pattern);
		this.secrets.add(name, secret);
		return secret;
	}

	private static String found(String text, String pattern) {
		Matcher matcher = Pattern.compile(pattern).matcher(text);
		assertThat(matcher.find()).as(text).isTrue();
		return matcher.group(1);
	}

	private void addOuterKey() throws IOException {
		String key = Files.readString(this.folder.resolve("data/secret.key")).strip();
		this.secrets.add("outer key", key);
		this.secrets.add("outer key", Base64.getDecoder().decode(key));
	}

	private void addManagementKeys() {
		try (ConfigurableApplicationContext parts = new SpringApplicationBuilder(PasswordCommandConfiguration.class)
			.web(WebApplicationType.NONE)
			.run("--latchkey.data-dir=" + this.folder.resolve("data"), "--spring.datasource.url=" + url(),
					"--spring.datasource.username=" + property("username", "latchkey"),
					"--spring.datasource.password=" + property("password", ""))) {
			SecretVault vault = parts.getBean(SecretVault.class);
			parts.getBean(JdbcClient.class)
				.sql("select id, private_key from management_key")
				.query((row, number) -> vault.open(Base64.getDecoder().decode(row.getString("private_key")),
						"management_key:private_key:" + row.getLong("id")))
				.list()
				.forEach((key) -> this.secrets.addPem("management key", new String(key, StandardCharsets.US_ASCII)));
		}
	}

	private Set<String> inDatabase() throws IOException, SQLException {
		Set<String> found = new TreeSet<>();
		try (Stream<Path> files = Files.list(this.folder.resolve("data"))) {
			for (Path file : files.filter((path) -> path.getFileName().toString().endsWith(".db")).toList()) {
				found.addAll(this.secrets.in(file));
			}
		}
		try (Connection connection = DriverManager.getConnection(url(), property("username", "latchkey"),
				property("password", ""))) {
			for (String table : tables(connection)) {
				addFound(connection, table, found);
			}
		}
		return found;
	}

	private static List<String> tables(Connection connection) throws SQLException {
		List<String> tables = new ArrayList<>();
		try (ResultSet rows = connection.getMetaData()
			.getTables(null, TestDatabase.isPostgres() ? "public" : "PUBLIC", null,
					new String[] { "TABLE", "BASE TABLE" })) {
			while (rows.next()) {
				tables.add(rows.getString("TABLE_NAME"));
			}
		}
		assertThat(tables).hasSizeGreaterThan(30);
		return tables;
	}

	private void addFound(Connection connection, String table, Set<String> found) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("select * from \"" + table + "\"")) {
			int columns = rows.getMetaData().getColumnCount();
			while (rows.next()) {
				for (int column = 1; column <= columns; column++) {
					byte[] value = bytes(rows, column);
					this.secrets.in(value).forEach((name) -> found.add(name + " in " + table));
				}
			}
		}
	}

	private static byte[] bytes(ResultSet rows, int column) throws SQLException {
		Object value = rows.getObject(column);
		return (value instanceof byte[] bytes) ? bytes
				: String.valueOf(rows.getString(column)).getBytes(StandardCharsets.UTF_8);
	}

	private Map<String, String> firstEnvironment() {
		Map<String, String> environment = new HashMap<>(environment());
		environment.put("LATCHKEY_ADMIN_PASSWORD", FIRST_PASSWORD);
		environment.put("LATCHKEY_BOOTSTRAP_TOKEN", BOOTSTRAP);
		return environment;
	}

	private Map<String, String> environment() {
		return TestDatabase.isPostgres() ? Map.of("LATCHKEY_DATABASE_URL", url(), "LATCHKEY_DATABASE_USERNAME",
				property("username", ""), "LATCHKEY_DATABASE_PASSWORD", property("password", "")) : Map.of();
	}

	private String url() {
		return TestDatabase.isPostgres() ? property("url", "")
				: "jdbc:h2:file:" + this.folder.resolve("data/latchkey") + ";DB_CLOSE_ON_EXIT=FALSE";
	}

	private String property(String name, String otherwise) {
		return this.database.getProperty("spring.datasource." + name, otherwise);
	}

	private static Environment database() {
		GenericApplicationContext context = new GenericApplicationContext();
		new TestDatabase().initialize(context);
		return context.getEnvironment();
	}

}
