package io.latchkey.leaks;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.latchkey.LatchkeyApplication;
import io.latchkey.Patience;
import io.latchkey.https.OpenSslPair;
import io.latchkey.sshd.ProgramRun;

/**
 * Latchkey as a whole, in a process of its own, served over HTTPS, and logging all that
 * it has to say; with somebody who uses it and keeps every answer.
 */
final class RunningLatchkey implements AutoCloseable {

	private static final Duration START_DEADLINE = Patience.of(Duration.ofMinutes(2));

	private static final Duration STOP_DEADLINE = Patience.of(Duration.ofSeconds(30));

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	private final List<String> answers = new ArrayList<>();

	private final CookieManager cookies = new CookieManager();

	private final HttpClient http;

	private final Path folder;

	private final Path log;

	private final int port;

	private final Process process;

	/**
	 * Starts it, and waits until it is ready.
	 */
	RunningLatchkey(Path folder, OpenSslPair https, Map<String, String> environment) throws Exception {
		this.folder = folder;
		this.log = folder.resolve("log." + System.nanoTime());
		this.port = freePort();
		this.http = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.sslContext(trusting(https.certificate()))
			.cookieHandler(this.cookies)
			.build();
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-cp", withoutTests(),
				LatchkeyApplication.class.getName())
			.redirectErrorStream(true)
			.redirectOutput(this.log.toFile());
		builder.environment()
			.putAll(Map.of("LATCHKEY_DATA_DIR", dataDir().toString(), "SERVER_PORT", Integer.toString(this.port),
					"SERVER_ADDRESS", "127.0.0.1", "LOGGING_LEVEL_IO_LATCHKEY", "DEBUG", "LATCHKEY_HTTPS_CERTIFICATE",
					https.certificate().toString(), "LATCHKEY_HTTPS_PRIVATE_KEY", https.privateKey().toString()));
		builder.environment().putAll(environment);
		this.process = builder.start();
		awaitReady();
	}

	/** Otherwise it would take the tests' configurations for its own. */
	private static String withoutTests() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !Files.exists(Path.of(entry, "io/latchkey/ApplicationTest.class")))
			.collect(Collectors.joining(File.pathSeparator));
	}

	Path dataDir() {
		return this.folder.resolve("data");
	}

	Path log() {
		return this.log;
	}

	List<String> answers() {
		return this.answers;
	}

	String sessionCookie() {
		return this.cookies.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().endsWith("SESSION") || cookie.getName().endsWith("SESSIONID"))
			.map(HttpCookie::getValue)
			.findFirst()
			.orElseThrow();
	}

	String get(String path) throws Exception {
		return send(HttpRequest.newBuilder(uri(path)));
	}

	/**
	 * As a browser does it, from the page with the form; what it leads to is followed.
	 */
	String submit(String page, String path, String... fields) throws Exception {
		Matcher csrf = CSRF.matcher(get(page));
		if (!csrf.find()) {
			throw new IllegalStateException("No form at " + page);
		}
		List<String> all = new ArrayList<>(List.of("_csrf", csrf.group(1)));
		all.addAll(List.of(fields));
		StringBuilder body = new StringBuilder();
		for (int i = 0; i < all.size(); i += 2) {
			body.append(encode(all.get(i))).append('=').append(encode(all.get(i + 1))).append('&');
		}
		HttpResponse<String> response = answer(HttpRequest.newBuilder(uri(path))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(body.toString())));
		String to = response.headers().firstValue("Location").orElse(null);
		return (to != null) ? get(uri(path).resolve(to).toString().replaceFirst("^https://[^/]+", ""))
				: response.body();
	}

	String call(String token, String method, String path, String body) throws Exception {
		return send(HttpRequest.newBuilder(uri("/api/v1" + path))
			.header("Authorization", "Bearer " + token)
			.header("Content-Type", "application/json")
			.header("Idempotency-Key", "call-" + this.answers.size())
			.method(method, HttpRequest.BodyPublishers.ofString(body)));
	}

	private String send(HttpRequest.Builder request) throws Exception {
		return answer(request).body();
	}

	private HttpResponse<String> answer(HttpRequest.Builder request) throws Exception {
		HttpResponse<String> response = this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
		this.answers.add(response.statusCode() + " " + response.uri().getPath() + " " + response.headers().map() + "\n"
				+ response.body());
		return response;
	}

	/** What can still be reached there. */
	Path dumpHeap() {
		Path dump = this.folder.resolve("heap.hprof");
		ProgramRun
			.of(Path.of(System.getProperty("java.home"), "bin/jcmd").toString(), Long.toString(this.process.pid()),
					"GC.heap_dump", dump.toString())
			.orThrow();
		return dump;
	}

	private void awaitReady() throws Exception {
		long deadline = System.nanoTime() + START_DEADLINE.toNanos();
		while (!isReady()) {
			if (!this.process.isAlive() || System.nanoTime() > deadline) {
				close();
				throw new IllegalStateException("Latchkey did not start:\n" + Files.readString(this.log));
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
		}
	}

	private boolean isReady() throws InterruptedException {
		try {
			return this.http
				.send(HttpRequest.newBuilder(uri("/actuator/health/readiness")).build(),
						HttpResponse.BodyHandlers.discarding())
				.statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private URI uri(String path) {
		return URI.create("https://127.0.0.1:" + this.port + path);
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private static SSLContext trusting(Path certificate) throws GeneralSecurityException, IOException {
		KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
		trusted.load(null, null);
		try (InputStream pem = Files.newInputStream(certificate)) {
			trusted.setCertificateEntry("it", CertificateFactory.getInstance("X.509").generateCertificate(pem));
		}
		TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		managers.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, managers.getTrustManagers(), null);
		return context;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			return socket.getLocalPort();
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(STOP_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
				this.process.destroyForcibly().waitFor();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
