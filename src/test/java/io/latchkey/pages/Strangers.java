package io.latchkey.pages;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Asks for every kind of page as somebody who isn't signed in, with long addresses,
 * headers and cookies.
 */
final class Strangers {

	private static final List<String> PATHS = List.of("/", "/nodes?q=", "/grants/new?subject=", "/sign-in?to=",
			"/no-such-page/", "/webjars/", "/assets/", "/settings/tokens?q=", "/enrolment/import?x=",
			"/foreign-keys?q=", "/v3/api-docs?x=", "/swagger-ui/index.html?x=", "/api/v1/nodes?q=",
			"/actuator/prometheus?x=", "/enrol/", "/error?x=");

	private final int port;

	Strangers(int port) {
		this.port = port;
	}

	/** How many of the answers were none that a stranger should get. */
	long ask(int times) throws InterruptedException, ExecutionException {
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			List<Callable<Boolean>> requests = IntStream.range(0, times)
				.<Callable<Boolean>>mapToObj((number) -> () -> isAsItShould(number))
				.toList();
			long wrong = 0;
			for (Future<Boolean> answer : threads.invokeAll(requests)) {
				wrong += answer.get() ? 0 : 1;
			}
			return wrong;
		}
		finally {
			threads.shutdownNow();
		}
	}

	private boolean isAsItShould(int number) throws IOException {
		String path = PATHS.get(number % PATHS.size());
		String longest = (path.equals("/") ? "?q=" : "") + "x".repeat(2_500) + number;
		String head = "%s " + path + longest + " HTTP/1.1\r\nHost: latchkey\r\nConnection: close\r\nAccept: "
				+ ((number % 3 == 0) ? "*/*" : "text/html")
				+ "\r\nCookie: JSESSIONID=%032X; latchkey-form=%s\r\nX-Anything: %s\r\n"
					.formatted(number, "y".repeat(1_500), "z".repeat(1_500))
					.replace("%", "%%");
		return switch (number % 7) {
			case 1 -> isAnswered(number,
					head.formatted("GET") + "Authorization: Bearer " + "t".repeat(500) + number + "\r\n\r\n");
			case 2 -> isAnswered(number, head.formatted("GET") + "HX-Request: true\r\n\r\n");
			case 3 -> isAnswered(number, head.formatted("POST") + form("application/x-www-form-urlencoded",
					"username=" + "n".repeat(3_000) + number + "&password=p"));
			case 4 -> isAnswered(number,
					head.formatted("PUT") + form("application/x-www-form-urlencoded", "b=" + "n".repeat(50_000)));
			case 5 -> isAnswered(number,
					head.formatted("POST") + form("multipart/form-data; boundary=q",
							"--q\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n"
									+ "m".repeat(20_000) + "\r\n--q--\r\n"));
			case 6 -> isAnswered(number, head.formatted("MADE" + number) + "\r\n");
			default -> isAnswered(number, head.formatted("GET") + "\r\n");
		};
	}

	private static String form(String type, String body) {
		return "Content-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
	}

	/** From addresses that no other test comes from: attempts are counted by address. */
	private boolean isAnswered(int number, String request) throws IOException {
		InetAddress from = InetAddress.getByName("127.9.%d.9".formatted(number % 200));
		try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), this.port, from, 0)) {
			socket.setSoTimeout((int) Duration.ofMinutes(2).toMillis());
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			socket.getOutputStream().flush();
			byte[] answer = socket.getInputStream().readNBytes(12);
			String status = new String(answer, StandardCharsets.US_ASCII);
			return status.matches("HTTP/1\\.1 [234]..") || status.equals("HTTP/1.1 501");
		}
	}

}
