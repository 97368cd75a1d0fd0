package io.latchkey.pages;

import java.io.File;
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
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.latchkey.LatchkeyApplication;
import io.latchkey.sshd.ProgramRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** So many strangers that what each leaves behind would end a process of 128 MiB. */
@Tag("soak")
class StrangersSoakTests {

	private static final int REQUESTS = 50_000;

	private static final long MEBIBYTE = 1024 * 1024;

	private static final String TOKEN = "a-token-for-tests-0123456789abcdefghij";

	private final HttpClient http = HttpClient.newHttpClient();

	private String token = TOKEN;

	@Test
	void leaveTheHeapAsItWas(@TempDir Path folder) throws Exception {
		int port = freePort();
		Process latchkey = start(port, folder);
		try {
			awaitReady(latchkey, port, folder);
			this.token = issueToken(port);
			Strangers strangers = new Strangers(port);
			// What is made once is made now.
			answersMeanwhile(strangers, 2_000, port);
			long before = heap(latchkey);
			int answers = answersMeanwhile(strangers, REQUESTS, port);
			long after = heap(latchkey);
			System.out.printf("%d requests: %d KiB before, %d KiB after; the API answered %d times%n", REQUESTS,
					before / 1024, after / 1024, answers);
			assertThat(after).isLessThan(before + 5 * MEBIBYTE);
		}
		finally {
			latchkey.destroyForcibly().waitFor();
		}
	}

	/** How often the API answered while the strangers asked. */
	private int answersMeanwhile(Strangers strangers, int times, int port) throws Exception {
		CompletableFuture<Long> wrong = CompletableFuture.supplyAsync(() -> asked(strangers, times));
		int answers = 0;
		while (!wrong.isDone()) {
			assertThat(api(port, "/api/v1/nodes").statusCode()).isEqualTo(200);
			answers++;
			TimeUnit.MILLISECONDS.sleep(200);
		}
		assertThat(wrong.join()).isZero();
		assertThat(answers).isPositive();
		return answers;
	}

	private static long asked(Strangers strangers, int times) {
		try {
			return strangers.ask(times);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Process start(int port, Path folder) throws IOException {
		String classes = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.endsWith("test-classes") && !entry.endsWith("/test"))
			.collect(Collectors.joining(File.pathSeparator));
		ProcessBuilder java = new ProcessBuilder(java("java"), "-Xmx128m", "-XX:+ExitOnOutOfMemoryError",
				"-XX:+UseSerialGC", "-XX:SoftRefLRUPolicyMSPerMB=0", "-cp", classes,
				LatchkeyApplication.class.getName())
			.redirectErrorStream(true)
			.redirectOutput(folder.resolve("log").toFile());
		java.environment().put("LATCHKEY_DATA_DIR", folder.resolve("data").toString());
		java.environment().put("LATCHKEY_BOOTSTRAP_TOKEN", TOKEN);
		java.environment().put("SERVER_PORT", Integer.toString(port));
		java.environment().put("SERVER_ADDRESS", "127.0.0.1");
		return java.start();
	}

	private void awaitReady(Process latchkey, int port, Path folder) throws Exception {
		long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
		while (true) {
			try {
				if (api(port, "/actuator/health/readiness").statusCode() == 200) {
					return;
				}
			}
			catch (IOException ex) {
				assertThat(latchkey.isAlive()).as(Files.readString(folder.resolve("log"))).isTrue();
			}
			assertThat(System.nanoTime()).isLessThan(deadline);
			TimeUnit.MILLISECONDS.sleep(100);
		}
	}

	/**
	 * What lives, in bytes: the histogram is made after a whole collection. It takes two
	 * until what is held softly is gone, such as the names that class loaders looked for.
	 */
	private static long heap(Process latchkey) throws Exception {
		collected(latchkey);
		return collected(latchkey);
	}

	private static long collected(Process latchkey) throws Exception {
		String histogram = ProgramRun.of(java("jcmd"), Long.toString(latchkey.pid()), "GC.class_histogram")
			.orThrow()
			.output();
		Matcher total = Pattern.compile("(?m)^Total +\\d+ +(\\d+)").matcher(histogram);
		assertThat(total.find()).isTrue();
		return Long.parseLong(total.group(1));
	}

	private HttpResponse<String> api(int port, String path) throws Exception {
		return this.http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.timeout(Duration.ofSeconds(30))
			.header("Authorization", "Bearer " + this.token)
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	/** One that is looked at however many bad ones come. */
	private String issueToken(int port) throws Exception {
		String answer = this.http
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/tokens"))
				.header("Authorization", "Bearer " + TOKEN)
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"soak\", \"role\": \"ADMIN\"}"))
				.build(), HttpResponse.BodyHandlers.ofString())
			.body();
		return new JsonMapper().readTree(answer).at("/token").asString();
	}

	private static String java(String program) {
		return Path.of(System.getProperty("java.home"), "bin", program).toString();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			return socket.getLocalPort();
		}
	}

}
