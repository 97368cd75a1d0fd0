package io.latchkey.web;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.latchkey.Patience;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bodies that are too long, or too slow, of those who are known: by the server itself,
 * which MockMvc does not show.
 */
@HostileTest
class BodiesWebTests {

	private static final long HUGE = 100L * 1024 * 1024;

	private static final String TOKEN = "Authorization: Bearer " + HostileTest.TOKEN + "\r\n";

	@LocalServerPort
	int port;

	private Browser browser;

	@BeforeEach
	void signIn() throws IOException {
		this.browser = Browser.ofAdmin(this.port, "127.7.0.6");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "application/x-www-form-urlencoded", "multipart/form-data; boundary=q", "application/json" })
	void refusesAHugeBodyUnread(String type) throws IOException {
		for (String length : new String[] { "Content-Length: " + HUGE, "Transfer-Encoding: chunked" }) {
			String head = "Content-Type: " + type + "\r\n" + length + "\r\n";
			for (String path : new String[] { "/enrolment/import", "/account/password", "/sign-in" }) {
				Sent sent = send(this.browser.head("POST", path, head), length);
				assertThat(sent.status()).as(path + " " + head).isEqualTo(413);
				assertThat(sent.bytes()).isLessThan(HUGE / 5);
			}
			if (type.endsWith("json")) {
				Sent sent = send(this.browser.head("POST", "/api/v1/identities", TOKEN + head), length);
				assertThat(sent.status()).isEqualTo(413);
				assertThat(sent.bytes()).isLessThan(HUGE / 5);
			}
		}
	}

	@Test
	void refusesFormsOfTooManyFields() throws IOException {
		String form = IntStream.range(0, 100_000)
			.mapToObj((number) -> "p" + number + "=")
			.collect(Collectors.joining("&"));
		assertThat(this.browser.post("/account/password", form).status()).isIn(400, 413);
		assertThat(this.browser.post("/enrolment/import", "text=" + "x".repeat(3 * 1024 * 1024)).status())
			.isEqualTo(413);
		assertThat(this.browser.get("/account").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/account/password", "/api/v1/identities" })
	void givesUpABodyThatDoesNotCome(String path) throws Exception {
		String type = path.startsWith("/api") ? "application/json" : "application/x-www-form-urlencoded";
		String head = this.browser.head("POST", path,
				(path.startsWith("/api") ? TOKEN : "") + "Content-Type: " + type + "\r\nContent-Length: 1000\r\n");
		long begun = System.nanoTime();
		try (Socket socket = connect(); OutputStream out = socket.getOutputStream()) {
			out.write(head.getBytes(StandardCharsets.US_ASCII));
			assertThat(isClosedWhileSending(socket, out)).isTrue();
		}
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Patience.of(Duration.ofSeconds(15)));
	}

	/** Ten bytes a second, each of which would keep Tomcat waiting. */
	private static boolean isClosedWhileSending(Socket socket, OutputStream out) throws Exception {
		for (int i = 0; i < 900; i++) {
			try {
				out.write('x');
				socket.setSoTimeout(100);
				if (socket.getInputStream().read() < 0) {
					return true;
				}
			}
			catch (java.net.SocketTimeoutException ex) {
				// Nothing was answered yet.
			}
			catch (SocketException ex) {
				return true;
			}
		}
		return false;
	}

	private Socket connect() throws IOException {
		return new Socket(InetAddress.getByName("127.0.0.1"), this.port, InetAddress.getByName("127.7.0.6"), 0);
	}

	/** Goes on sending until the server doesn't take more. */
	private Sent send(String head, String length) throws IOException {
		try (Socket socket = connect()) {
			socket.setSoTimeout((int) Patience.of(Duration.ofSeconds(30)).toMillis());
			OutputStream out = socket.getOutputStream();
			out.write(head.getBytes(StandardCharsets.US_ASCII));
			byte[] block = ((length.startsWith("Transfer") ? "10000\r\n" : "") + "x".repeat(0x10000)
					+ (length.startsWith("Transfer") ? "\r\n" : ""))
				.getBytes(StandardCharsets.US_ASCII);
			long bytes = 0;
			try {
				while (bytes < HUGE && socket.getInputStream().available() == 0) {
					out.write(block);
					bytes += block.length;
				}
			}
			catch (SocketException ex) {
				// The server had enough; what it said is still there to be read.
			}
			byte[] answer = socket.getInputStream().readNBytes(12);
			return new Sent(new String(answer, StandardCharsets.US_ASCII), bytes);
		}
	}

	private record Sent(String answer, long bytes) {

		int status() {
			return this.answer.matches("HTTP/1\\.1 \\d{3}") ? Integer.parseInt(this.answer.substring(9)) : 0;
		}

	}

}
