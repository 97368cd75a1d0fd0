package io.latchkey.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.latchkey.Patience;
import io.latchkey.sshd.ProgramRun;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The application as it is delivered, in a process of its own with an embedded database,
 * called over REST.
 */
public final class LatchkeyProcess implements AutoCloseable {

	/** For the first call alone: of such tokens only so many are looked at at a time. */
	private static final String BOOTSTRAP_TOKEN = "token-of-the-bench-0123456789-0123456789";

	private static final double MEBIBYTE = 1024.0 * 1024.0;

	private static final Duration START_DEADLINE = Patience.of(Duration.ofMinutes(3));

	private static final Duration STOP_DEADLINE = Duration.ofSeconds(30);

	/** A third of what is usual, so that less time goes by until none is left. */
	private static final Duration SESSIONS_KEPT_FOR = Duration.ofSeconds(10);

	static {
		// Latchkey ends an idle connection after 20 s: the client has to be the first, or
		// a call meets a closed one.
		System.setProperty("jdk.httpclient.keepalive.timeout", "10");
	}

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final JsonMapper mapper = new JsonMapper();

	private final Path log;

	private final int port;

	private final Process process;

	private final Thread atExit;

	private String token = BOOTSTRAP_TOKEN;

	/**
	 * Starts it and waits until it is ready, for the first time in this folder.
	 * @param program its jar, or what {@code script/install} made to start it
	 * @param folder for its data and its log
	 */
	public LatchkeyProcess(Path program, Path folder, String... options) throws IOException {
		this(program, folder, List.of(options));
		this.token = post("/tokens", Map.of("name", "bench", "role", "ADMIN")).at("/token").asString();
	}

	private LatchkeyProcess(Path program, Path folder, List<String> options) throws IOException {
		Path own = Files.createDirectories(folder).toAbsolutePath();
		this.log = own.resolve("log");
		this.port = freePort();
		ProcessBuilder builder = new ProcessBuilder(command(program, options)).redirectErrorStream(true)
			.redirectOutput(this.log.toFile());
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		builder.environment().put("JAVA_OPTS", String.join(" ", options));
		builder.environment().put("LATCHKEY_DATA_DIR", own.resolve("data").toString());
		builder.environment().put("LATCHKEY_BOOTSTRAP_TOKEN", BOOTSTRAP_TOKEN);
		builder.environment().put("SERVER_PORT", Integer.toString(this.port));
		builder.environment().put("SERVER_ADDRESS", "127.0.0.1");
		// what runs is what is measured
		builder.environment().put("LATCHKEY_RECONCILE_DRIFT_INTERVAL", "2h");
		// in two hours a file has settled; between two rounds there is no minute
		builder.environment().put("LATCHKEY_GLANCE_SETTLED_AFTER", "0s");
		builder.environment().put("LATCHKEY_TRANSPORT_KEEP_FOR", SESSIONS_KEPT_FOR.toSeconds() + "s");
		builder.environment().put("LATCHKEY_API_RATE_PER_SECOND", "100000");
		builder.environment().put("LATCHKEY_API_RATE_BURST", "100000");
		this.process = builder.start();
		this.atExit = new Thread(this.process::destroyForcibly, "stop-latchkey");
		Runtime.getRuntime().addShutdownHook(this.atExit);
		awaitReady();
	}

	/** What script/install made takes options by the environment. */
	private static List<String> command(Path program, List<String> options) {
		if (!program.toString().endsWith(".jar")) {
			return List.of(program.toString());
		}
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
		options.stream().filter((option) -> !option.isEmpty()).forEach(command::add);
		command.addAll(List.of("-jar", program.toString()));
		return command;
	}

	/** How long a start takes until it is ready, whatever this folder holds already. */
	static Duration untilReady(Path program, Path folder) throws IOException {
		long start = System.nanoTime();
		LatchkeyProcess started = new LatchkeyProcess(program, folder, List.of());
		Duration ready = Duration.ofNanos(System.nanoTime() - start);
		started.close();
		return ready;
	}

	public long pid() {
		return this.process.pid();
	}

	Duration cpu() {
		return Cpu.of(this.process.pid());
	}

	/** The step's cost is what this process used meanwhile. */
	Step costing(Runnable run) {
		return () -> {
			Duration before = cpu();
			run.run();
			return cpu().minus(before);
		};
	}

	/** Waits until no session is kept any more, so that the next change costs a login. */
	void letSessionsEnd() throws InterruptedException {
		Thread.sleep(SESSIONS_KEPT_FOR.plusSeconds(1).toMillis());
	}

	/** What is in use after the garbage was collected. */
	long liveHeapMebibytes() throws IOException, InterruptedException {
		Path java = Path.of(System.getProperty("java.home"), "bin/jcmd");
		ProgramRun.of(java.toString(), Long.toString(pid()), "GC.run").orThrow();
		String metrics = this.http
			.send(request("GET", "/actuator/prometheus").build(), HttpResponse.BodyHandlers.ofString())
			.body();
		double used = metrics.lines()
			.filter((line) -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
		return Math.round(used / MEBIBYTE);
	}

	long mostResidentMebibytes() throws IOException {
		return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status"))
			.stream()
			.filter((line) -> line.startsWith("VmHWM:"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
			.findFirst()
			.orElseThrow();
	}

	public JsonNode get(String path) {
		return send("GET", path, null).join();
	}

	public JsonNode post(String path, Object body) {
		return join(postLater(path, body));
	}

	public JsonNode put(String path, Object body) {
		return join(send("PUT", path, this.mapper.writeValueAsString(body)));
	}

	public JsonNode delete(String path) {
		return join(send("DELETE", path, null));
	}

	CompletableFuture<JsonNode> postLater(String path, Object body) {
		return send("POST", path, this.mapper.writeValueAsString(body));
	}

	static JsonNode join(CompletableFuture<JsonNode> answer) {
		try {
			return answer.join();
		}
		catch (CompletionException ex) {
			throw new IllegalStateException(ex.getCause().getMessage(), ex);
		}
	}

	/** All pages of a list. */
	List<JsonNode> list(String path) {
		List<JsonNode> items = new ArrayList<>();
		for (int page = 0; true; page++) {
			JsonNode answer = get("%s?size=500&page=%d".formatted(path, page));
			answer.at("/items").forEach(items::add);
			if (page + 1 >= answer.at("/page/totalPages").asInt()) {
				return items;
			}
		}
	}

	private CompletableFuture<JsonNode> send(String method, String path, @Nullable String body) {
		HttpRequest.Builder request = request(method, "/api/v1" + path).header("Content-Type", "application/json")
			.method(method,
					(body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody());
		return this.http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()).thenApply((response) -> {
			if (response.statusCode() >= 300) {
				throw new IllegalStateException(
						"%s %s: %d %s".formatted(method, path, response.statusCode(), response.body()));
			}
			return response.body().isEmpty() ? this.mapper.missingNode() : this.mapper.readTree(response.body());
		});
	}

	private HttpRequest.Builder request(String method, String path) {
		return HttpRequest.newBuilder(uri(path))
			.timeout(Duration.ofMinutes(10))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.header("Authorization", "Bearer " + this.token);
	}

	private void awaitReady() throws IOException {
		long deadline = System.nanoTime() + START_DEADLINE.toNanos();
		while (!isReady()) {
			if (!this.process.isAlive() || System.nanoTime() > deadline) {
				close();
				throw new IllegalStateException("Latchkey did not start:\n" + Files.readString(this.log));
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
		}
	}

	private boolean isReady() {
		try {
			return this.http
				.send(HttpRequest.newBuilder(uri("/actuator/health/readiness")).build(),
						HttpResponse.BodyHandlers.discarding())
				.statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			return socket.getLocalPort();
		}
	}

	@Override
	public void close() {
		Runtime.getRuntime().removeShutdownHook(this.atExit);
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
